using Portal.ProviderHost;
using Providers;
using Tests.Support;

namespace Tests.ProviderHost;

public sealed class MeetingProvidersTests : IDisposable
{
    private readonly PluginBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task An_unknown_provider_is_not_configured()
    {
        var refusal = await Assert.ThrowsAsync<ProviderException>(() => bench.Providers.CheckAsync("nowhere", default));

        Assert.Equal(ProviderFailure.NotConfigured, refusal.Failure);
        Assert.Null(bench.Providers.Find("nowhere"));
        Assert.Null(bench.Providers.Describe("nowhere"));
    }

    [Theory]
    [InlineData("Throws")]
    [InlineData("Blocks")]
    [InlineData("AnswersNothing")]
    public async Task What_goes_wrong_inside_a_plugin_comes_out_as_unavailable_and_faults_it(string behaviour)
    {
        bench.Hurry().Add("bad").Set("Providers:bad:Behaviour", behaviour);
        Assert.True(bench.Providers.CanBeChosen("bad"));

        var create = await Assert.ThrowsAsync<ProviderException>(() => bench.Providers.CreateAsync("bad", Meetings.Request(), default));
        var join = await Assert.ThrowsAsync<ProviderException>(() =>
            bench.Providers.JoinAsync("bad", Meetings.Join(new MeetingHandle("x")), default));

        Assert.Equal([ProviderFailure.Unavailable, ProviderFailure.Unavailable], [create.Failure, join.Failure]);
        Assert.Equal(PluginState.Faulted, bench.Status("bad").State);
        Assert.NotNull(bench.Status("bad").Reason);
        Assert.Contains("Plugin bad failed", bench.Log.Text);
        Assert.False(bench.Providers.CanBeChosen("bad"));
        Assert.True(bench.Providers.CanBeChosen("jitsi"));
    }

    [Fact]
    public async Task A_plugin_that_recovers_is_active_again()
    {
        var sign = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        bench.Add("moody").Set("Providers:moody:Behaviour", "Throws").Set("Providers:moody:GoodWhile", sign);
        await Assert.ThrowsAsync<ProviderException>(() => bench.Providers.CheckAsync("moody", default));
        Assert.Equal(PluginState.Faulted, bench.Status("moody").State);

        await File.WriteAllTextAsync(sign, "");
        var check = await bench.Providers.CheckAsync("moody", default);
        File.Delete(sign);

        Assert.True(check.Healthy);
        Assert.Equal(PluginState.Active, bench.Status("moody").State);
        Assert.Null(bench.Status("moody").Reason);
    }

    [Fact]
    public async Task A_caller_who_goes_away_does_not_fault_the_plugin()
    {
        bench.Add("slow").Set("Providers:slow:Behaviour", "Blocks");
        using var gone = new CancellationTokenSource();
        var call = bench.Providers.CheckAsync("slow", gone.Token);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(PluginState.Active, bench.Status("slow").State);
    }

    [Fact]
    public async Task A_plugin_with_too_many_calls_that_never_came_back_is_not_called_again()
    {
        bench.Hurry().Add("stuck").Set("Providers:stuck:Behaviour", "Blocks");
        await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(_ => Assert.ThrowsAsync<ProviderException>(() => bench.Providers.CheckAsync("stuck", default))));
        var failures = bench.Log.Text.Split("Plugin stuck failed").Length;

        var refusal = await Assert.ThrowsAsync<ProviderException>(() => bench.Providers.CheckAsync("stuck", default));

        Assert.Equal(ProviderFailure.Unavailable, refusal.Failure);
        Assert.Equal(failures, bench.Log.Text.Split("Plugin stuck failed").Length);
    }

    [Theory]
    [InlineData("LeadsElsewhere")]
    [InlineData("EmbedsWithoutSayingSo")]
    public async Task A_target_that_the_provider_did_not_declare_is_rejected(string behaviour)
    {
        bench.Add("stray").Set("Providers:stray:Behaviour", behaviour);

        var refusal = await Assert.ThrowsAsync<ProviderException>(() =>
            bench.Providers.JoinAsync("stray", Meetings.Join(new MeetingHandle("x")), default));

        Assert.Equal(ProviderFailure.Rejected, refusal.Failure);
        Assert.Contains("stray", bench.Log.Text);
        Assert.DoesNotContain("secret-token", bench.Log.Text);
    }

    [Theory]
    [InlineData("Throws")]
    [InlineData("Blocks")]
    public void A_check_of_an_address_that_fails_is_a_refusal(string behaviour)
    {
        bench.Hurry().Add("bad").Set("Providers:bad:Behaviour", behaviour);

        var check = bench.Providers.MentorUrls("bad")!.CheckUrl("https://zoom.us/j/123456789?pwd=hush");

        Assert.Null(check.Url);
        Assert.NotNull(check.Refusal);
        Assert.DoesNotContain("hush", bench.Log.Text);
    }
}
