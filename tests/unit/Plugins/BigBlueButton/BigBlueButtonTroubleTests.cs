using System.Text;
using Microsoft.AspNetCore.Http;
using Plugins.BigBlueButton;
using Providers;
using Tests.Support;

namespace Tests.Plugins.BigBlueButton;

public sealed class BigBlueButtonTroubleTests : IAsyncLifetime
{
    private FakeBigBlueButton server = null!;

    public async Task InitializeAsync() => server = await FakeBigBlueButton.StartAsync();

    public async Task DisposeAsync() => await server.DisposeAsync();

    private void Answers(string text, int status = 200) => server.Instead = async (_, http) =>
    {
        http.Response.StatusCode = status;
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text));
        return true;
    };

    private Task<ProviderException> JoinFailsAsync() => FailedAsync(() => BigBlueButtonBench.Provider(server.Handler).JoinAsync());

    private static async Task<ProviderException> FailedAsync(Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<ProviderException>(call);
        Assert.DoesNotContain("checksum=", failure.ToString());
        Assert.DoesNotContain(FakeBigBlueButton.Secret, failure.ToString());
        Assert.DoesNotContain("Maha", failure.Message);
        return failure;
    }

    [Fact]
    public async Task A_wrong_secret_is_told_from_a_server_that_is_away()
    {
        using var _ = new Language("en");
        var provider = BigBlueButtonBench.Provider(server.Handler, o => o.SharedSecret = "wrong");

        Assert.Equal(ProviderFailure.Unauthorized, (await FailedAsync(() => provider.JoinAsync())).Failure);
        var check = await provider.CheckAsync(default);
        Assert.Equal([true, false], check.Findings.Select(f => f.Good));
        Assert.Contains("secret", check.Findings[1].Text);
        Assert.False(check.Healthy);
    }

    [Fact]
    public async Task A_server_that_is_well_has_two_good_findings()
    {
        var check = await BigBlueButtonBench.Provider(server.Handler).CheckAsync(default);

        Assert.True(check.Healthy);
        Assert.Equal([true, true], check.Findings.Select(f => f.Good));
    }

    [Theory]
    [InlineData("checksumError", ProviderFailure.Unauthorized)]
    [InlineData("notFound", ProviderFailure.NotFound)]
    [InlineData("invalidMeetingIdentifier", ProviderFailure.NotFound)]
    [InlineData("invalidMeetingId", ProviderFailure.NotFound)]
    [InlineData("meetingForciblyEnded", ProviderFailure.NotFound)]
    [InlineData("maxParticipantsReached", ProviderFailure.Rejected)]
    [InlineData("idNotUnique", ProviderFailure.Rejected)]
    [InlineData("missingParamName", ProviderFailure.Rejected)]
    [InlineData("validationError", ProviderFailure.Rejected)]
    [InlineData("internalError", ProviderFailure.Unavailable)]
    [InlineData("<![CDATA[Maha said <b>no</b>]]>", ProviderFailure.Rejected)]
    [InlineData("", ProviderFailure.Rejected)]
    public async Task Each_refusal_with_the_status_200_is_understood(string key, ProviderFailure failure)
    {
        Answers($"<response><returncode>FAILED</returncode><messageKey>{key}</messageKey><message>of Maha</message></response>");

        Assert.Equal(failure, (await JoinFailsAsync()).Failure);
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("<html><body>nginx</body></html>", 200)]
    [InlineData("<other><returncode>SUCCESS</returncode></other>", 200)]
    [InlineData("<response><createTime>1</createTime></response>", 200)]
    [InlineData("{\"returncode\":\"SUCCESS\"}", 200)]
    [InlineData("<response><returncode>SUCCESS</returncode>", 200)]
    [InlineData("<response><returncode>SUCCESS</returncode></response>", 404)]
    [InlineData("<response><returncode>SUCCESS</returncode></response>", 500)]
    [InlineData("<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><response><returncode>&b;</returncode></response>", 200)]
    [InlineData("<!DOCTYPE r SYSTEM \"file:///etc/passwd\"><response><returncode>SUCCESS</returncode></response>", 200)]
    [InlineData("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><response><returncode>&x;</returncode></response>", 200)]
    public async Task What_is_no_answer_of_such_a_server_is_told_so(string text, int status)
    {
        Answers(text, status);

        Assert.Equal(ProviderFailure.Unavailable, (await JoinFailsAsync()).Failure);
    }

    [Fact]
    public async Task An_answer_without_an_end_is_not_read_to_its_end()
    {
        server.Instead = async (_, http) =>
        {
            await http.Response.WriteAsync("<response><returncode>SUCCESS</returncode><message>");
            var chunk = new string('x', 64 * 1024);
            for (var i = 0; i < 16_000 && !http.RequestAborted.IsCancellationRequested; i++)
                await http.Response.WriteAsync(chunk, http.RequestAborted);
            return true;
        };
        var before = GC.GetTotalAllocatedBytes();

        Assert.Equal(ProviderFailure.Unavailable, (await JoinFailsAsync()).Failure);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 400_000_000);
    }

    [Fact]
    public async Task Half_an_answer_is_none()
    {
        server.Instead = async (_, http) =>
        {
            http.Response.ContentLength = 5000;
            await http.Response.WriteAsync("<response><returncode>SUCCESS</returncode><createTime>1</create");
            await http.Response.Body.FlushAsync();
            http.Abort();
            return true;
        };

        Assert.Equal(ProviderFailure.Unavailable, (await JoinFailsAsync()).Failure);
    }

    [Fact]
    public async Task A_server_that_takes_too_long_is_not_waited_for()
    {
        server.Instead = async (_, http) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(20), http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        var provider = BigBlueButtonBench.Provider(server.Handler, patience: TimeSpan.FromMilliseconds(200));

        Assert.Equal(ProviderFailure.Unavailable, (await FailedAsync(() => provider.JoinAsync())).Failure);
        Assert.False((await provider.CheckAsync(default)).Healthy);
    }

    [Fact]
    public async Task Too_many_requests_are_told_with_the_time_to_wait()
    {
        server.Instead = (_, http) =>
        {
            (http.Response.StatusCode, http.Response.Headers.RetryAfter) = (429, "7");
            return Task.FromResult(true);
        };

        var failure = await FailedAsync(() => BigBlueButtonBench.Provider(server.Handler).JoinAsync());

        Assert.Equal((ProviderFailure.RateLimited, TimeSpan.FromSeconds(7)), (failure.Failure, failure.RetryAfter));
    }

    [Fact]
    public async Task A_room_is_ended_and_one_that_is_gone_counts_as_ended()
    {
        var provider = BigBlueButtonBench.Provider(server.Handler);
        await provider.JoinAsync();
        var handle = await provider.CreateMeetingAsync(Meetings.Request(), default);

        await provider.EndMeetingAsync(handle, default);
        Assert.Empty(server.Rooms);
        await provider.EndMeetingAsync(handle, default);

        Answers(FakeBigBlueButton.Failed("checksumError"));
        Assert.Equal(ProviderFailure.Unauthorized, (await FailedAsync(() => provider.EndMeetingAsync(handle, default).AsTask())).Failure);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x&meetingID=other")]
    [InlineData("0199d2f06a5c7c3e9b7e2f6d8a1b4c5d-3\n")]
    public async Task A_handle_of_another_tool_reaches_no_server(string value)
    {
        var provider = BigBlueButtonBench.Provider(server.Handler);

        Assert.Equal(ProviderFailure.NotFound,
            (await FailedAsync(() => provider.GetJoinAsync(Meetings.Join(new(value)), default).AsTask())).Failure);
        Assert.Empty(server.Calls);
    }

    [Theory]
    [InlineData("https://bbb.example.org", true)]
    [InlineData("https://bbb.example.org/bigbluebutton", true)]
    [InlineData("https://bbb.example.org/bigbluebutton/", true)]
    [InlineData("https://bbb.example.org/bigbluebutton/api", true)]
    [InlineData(" https://bbb.example.org:8443/bigbluebutton/api/ ", true)]
    [InlineData("http://bbb.example.org/bigbluebutton/", false)]
    [InlineData("https://user@bbb.example.org/", false)]
    [InlineData("https://@bbb.example.org/", false)]
    [InlineData("https://bbb.example.org/?x=1", false)]
    [InlineData("bbb.example.org", false)]
    public void An_address_is_taken_as_administrators_type_it(string typed, bool good)
    {
        var options = BigBlueButtonBench.Options(o => o.ServerUrl = typed);

        Assert.Equal(good, !options.Validate(new(options)).Any());
        if (good)
            Assert.Equal("/bigbluebutton/api", ServerAddress.Of(typed)!.AbsolutePath);
    }
}
