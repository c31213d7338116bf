using Plugins.Jitsi;
using Providers;
using static Tests.Plugins.Jitsi.JitsiBench;

namespace Tests.Plugins.Jitsi;

public sealed class JitsiDialInTests
{
    private const string ByCountry =
        """{"message":"ok","numbers":{"EG":["+20 2 1234567","<b>"],"DE":["+49 (30) 1234567"]},"defaultCountry":"EG"}""";

    private const string AsList =
        """[{"countryCode":"eg","formattedNumber":"+20 2 1234567","default":true},{"phoneNumber":"+49301234567"},{"x":1},7]""";

    [Theory]
    [InlineData(ByCountry, "+20 2 1234567 EG|+49 (30) 1234567 DE")]
    [InlineData(AsList, "+20 2 1234567 EG|+49301234567 ")]
    public async Task The_servers_numbers_and_the_rooms_PIN_are_found(string list, string numbers)
    {
        await using var server = Server(list, """{"message":"ok","id":4711223,"conference":"quiet-river@conference.meet.example.org"}""");

        var dialIn = (await AskAsync(server))!;

        Assert.Equal(numbers, string.Join('|', dialIn.Numbers.Select(n => $"{n.Number} {n.Country}")));
        Assert.Equal("4711223", dialIn.Pin);
        Assert.Contains(server.Asked, a => a.Contains(
            "/conferenceMapper?conference=quiet-river%40conference.meet.example.org&url=https%3A%2F%2Fmeet.example.org%2Fquiet-river"));
    }

    [Fact]
    public async Task The_rooms_domain_can_be_set_as_it_differs_with_Docker()
    {
        await using var server = Server(ByCountry, """{"id":"4711223"}""");
        await AskAsync(server, o => o.MucDomain = "muc.meet.jitsi");
        Assert.Contains(server.Asked, a => a.Contains("quiet-river%40muc.meet.jitsi"));
    }

    [Theory]
    [InlineData(ByCountry, """{"message":"no"}""")]
    [InlineData(ByCountry, """{"id":"12;rm"}""")]
    [InlineData("""{"numbers":{}}""", """{"id":1234}""")]
    [InlineData("[]", """{"id":1234}""")]
    [InlineData("7", """{"id":1234}""")]
    public async Task Where_a_call_would_lead_nowhere_no_number_is_shown(string list, string pin)
    {
        await using var server = Server(list, pin);
        Assert.Null(await AskAsync(server));
    }

    [Fact]
    public async Task Without_the_settings_nobody_is_asked()
    {
        await using var server = Server(ByCountry, "{}");
        Assert.Null(await AskAsync(server, o => (o.DialInNumbersUrl, o.DialInPinUrl) = ("", "")));
        Assert.Empty(server.Asked);
        Assert.Null((await AskAsync(server, o => o.DialInPinUrl = ""))!.Pin);
    }

    [Fact]
    public async Task While_people_meet_on_the_public_server_no_number_leads_to_ones_own()
    {
        await using var server = Server(ByCountry, """{"id":"4711223"}""");
        Assert.Null(await AskAsync(server, o => o.PublicWhileSettingUp = true));
        Assert.Empty(server.Asked);
    }

    [Theory]
    [InlineData("""[{"phoneNumber":"\ud800"}]""")]
    [InlineData("""{"numbers":{"EG":["\ud800"]}}""")]
    [InlineData("""{"numbers":{"\ud800":["+20 2 1234567"]}}""")]
    public async Task Half_a_character_in_a_list_is_a_failure_like_any_other(string list)
    {
        await using var server = Server(list, """{"id":"4711223"}""");
        Assert.Equal(ProviderFailure.Rejected, (await Assert.ThrowsAsync<ProviderException>(async () => await AskAsync(server))).Failure);
    }

    [Theory]
    [InlineData("404", ProviderFailure.Rejected)]
    [InlineData("503", ProviderFailure.Unavailable)]
    [InlineData("half", ProviderFailure.Unavailable)]
    [InlineData("html", ProviderFailure.Rejected)]
    public async Task A_list_that_cannot_be_read_is_a_failure_with_its_address(string answer, ProviderFailure failure)
    {
        await using var server = Server("<html>", "{}");
        if (answer != "html")
            server.Odd["/phoneNumberList"] = answer;

        var refused = await Assert.ThrowsAsync<ProviderException>(async () => await AskAsync(server));

        Assert.Equal(failure, refused.Failure);
        Assert.Contains("https://meet.example.org/phoneNumberList", refused.Message);
        Assert.DoesNotContain("quiet-river", refused.Message);
    }

    private static FakeJitsi Server(string list, string pin) => new() { Pages = { ["/phoneNumberList"] = list, ["/conferenceMapper"] = pin } };

    private static async Task<DialIn?> AskAsync(FakeJitsi server, Action<JitsiOptions>? change = null)
    {
        var options = SelfHosted();
        options.DialInNumbersUrl = "https://meet.example.org/phoneNumberList";
        options.DialInPinUrl = "https://meet.example.org/conferenceMapper";
        change?.Invoke(options);
        Assert.Empty(Problems(options));
        return await Provider(options, server.Way()).GetDialInAsync(new MeetingHandle("quiet-river"), default);
    }
}
