using Microsoft.Extensions.Logging.Abstractions;
using Plugins.Place;
using Providers;
using Tests.Support;

namespace Tests.Plugins.Place;

public sealed class PlaceTests
{
    [Theory]
    [InlineData("+20 100 123 4567", "", "+201001234567")]
    [InlineData("tel:+201001234567", "", "+201001234567")]
    [InlineData("0020-100-1234567", "", "+201001234567")]
    [InlineData("+44 (0)20 7946 0958", "", "+442079460958")]
    [InlineData("(020) 7946.0958", "44", "+442079460958")]
    [InlineData("0100 123 4567", "20", "+201001234567")]
    [InlineData("+٢٠ ١٠٠ ١٢٣ ٤٥٦٧", "", "+201001234567")]
    [InlineData("\u202A+20 100 123 4567\u202C", "", "+201001234567")]
    [InlineData(" +20\t100\u00A0123\n4567 ", "", "+201001234567")]
    public void A_phone_number_becomes_one_that_can_be_dialled_from_anywhere(string typed, string code, string number) =>
        Assert.Equal(new(MeetingPlaceKind.Phone, number), PlaceText.Check(typed, new() { CallingCode = code }).Place);

    [Theory]
    [InlineData("12 Talaat Harb Street,  Cairo", "12 Talaat Harb Street, Cairo")]
    [InlineData("شارع طلعت حرب ١٢،\r\nالقاهرة", "شارع طلعت حرب 12، القاهرة")]
    [InlineData("Café Riche\u202E, Cairo\0", "Café Riche, Cairo")]
    [InlineData("<b>Room 5</b>, 'library'", "<b>Room 5</b>, 'library'")]
    public void An_address_is_kept_as_it_was_typed_on_one_line(string typed, string kept) =>
        Assert.Equal(new(MeetingPlaceKind.Address, kept), PlaceText.Check(typed, new()).Place);

    [Theory]
    [InlineData(null, "Missing")]
    [InlineData("", "Missing")]
    [InlineData(" \u200B\u202E\r\n", "Missing")]
    [InlineData("0100 123 4567", "NoCallingCode")]
    [InlineData("+20 100", "NotANumber")]
    [InlineData("+0100 123 4567", "NotANumber")]
    [InlineData("+20 100 123 4567 890 123", "NotANumber")]
    [InlineData("Cai", "NotAnAddress")]
    [InlineData("12345, 7 !", "NotAnAddress")]
    [InlineData("https://zoom.us/j/123456789", "IsLink")]
    [InlineData("come to www.example.org", "IsLink")]
    [InlineData("javascript://alert(1)", "IsLink")]
    public void What_is_neither_is_refused_with_the_reason(string? typed, string reason)
    {
        foreach (var language in new[] { "en", "ar" })
            using (new Language(language))
                Assert.Equal((null, Texts.ResourceManager.GetString(reason)), PlaceText.Check(typed, new()));
    }

    [Fact]
    public void A_text_without_an_end_is_refused() => Assert.Null(PlaceText.Check(new string('a', 301), new()).Place);

    [Fact]
    public void An_administrator_may_allow_one_kind_only()
    {
        Assert.Equal(Texts.NoPhone, PlaceText.Check("+20 100 123 4567", new() { AllowPhone = false }).Refusal);
        Assert.Equal(Texts.NoAddress, PlaceText.Check("Talaat Harb 12", new() { AllowAddress = false }).Refusal);
        var neither = new PlaceOptions { AllowPhone = false, AllowAddress = false };
        Assert.NotEmpty(neither.Validate(new(neither)));
        Assert.Empty(new PlaceOptions().Validate(new(neither)));
    }

    [Fact]
    public async Task What_is_refused_today_makes_no_meeting_and_what_was_made_is_still_shown()
    {
        var provider = Provider(new() { AllowPhone = false });
        var refused = await Assert.ThrowsAsync<ProviderException>(async () =>
            await provider.CreateMeetingAsync(Meetings.Request() with { MentorPlace = "+20 100 123 4567" }, default));
        var target = await provider.GetJoinAsync(Meetings.Join(new("phone:+201001234567")), default);
        var odd = await Assert.ThrowsAsync<ProviderException>(async () => await provider.GetJoinAsync(Meetings.Join(new("x")), default));

        Assert.Equal(ProviderFailure.Rejected, refused.Failure);
        Assert.Equal(new PlaceTarget(new(MeetingPlaceKind.Phone, "+201001234567")), target);
        Assert.Equal(ProviderFailure.NotFound, odd.Failure);
    }

    [Theory]
    [InlineData("+20 100 123 4567")]
    [InlineData("شارع طلعت حرب ١٢،\r\nالقاهرة")]
    public void What_is_saved_can_be_saved_again(string typed)
    {
        var once = Provider(new()).CheckPlace(typed).Place;
        Assert.Equal(once, Provider(new()).CheckPlace(once).Place);
    }

    private static PlaceProvider Provider(PlaceOptions options) => new(new ProviderContext<PlaceOptions>
    {
        Options = options,
        Http = new HttpClient(),
        Logger = NullLogger.Instance,
        Clock = new TestClock(Meetings.Start),
        PublicUrl = new Uri("https://portal.example"),
    });
}
