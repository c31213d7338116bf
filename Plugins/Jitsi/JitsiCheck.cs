using System.Globalization;
using Providers;

namespace Plugins.Jitsi;

/// <summary>"Test connection": looks at the server as a browser would, and signs in as Jitsi's page does, without entering a room.</summary>
internal sealed class JitsiCheck(ProviderContext<JitsiOptions> context)
{
    // The host allows 25 seconds; what is found out until then is worth more than its own time-out.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<ProviderFinding> findings = [];

    public async Task<ProviderCheck> RunAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, context.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var healthy = await LookAsync(both.Token, cancellationToken);
        var first = healthy ? findings[0] : findings.First(f => !f.Good);
        return new ProviderCheck(healthy, first.Text) { Findings = findings };
    }

    private async Task<bool> LookAsync(CancellationToken token, CancellationToken ours)
    {
        var options = context.Options;
        var healthy = await LookAtAsync(options, JitsiServer.From(options)!, token, ours);
        if (options.PublicWhileSettingUp)
            await LookAtOwnAsync(options.OfOwnServer(), token, ours);
        Add(true, Texts.CheckRoomName, RoomName.Preview(options.RoomPattern));
        return healthy;
    }

    /// <summary>People meet on the public server: what is still wrong with their own says no more than that it is not ready.</summary>
    private async Task LookAtOwnAsync(JitsiOptions own, CancellationToken token, CancellationToken ours)
    {
        var problems = JitsiProblems.Of(own).ToList();
        foreach (var (_, text) in problems)
            Add(false, "{0}", text);
        if (own.Mode != JitsiMode.Public && problems.Count == 0 && await LookAtAsync(own, JitsiServer.Own(own)!, token, ours))
            Add(true, Texts.CheckOwnReady, JitsiServer.Own(own)!.Host);
        else
            Add(false, Texts.CheckOwnNotReady);
    }

    /// <returns>False when meetings cannot be held there.</returns>
    private async Task<bool> LookAtAsync(JitsiOptions options, JitsiServer server, CancellationToken token, CancellationToken ours)
    {
        var host = server.Host;
        try
        {
            var pages = new JitsiPages(context.Http, server, context.Clock);
            if (await pages.ReadScriptAsync(token) is { } problem)
                return Add(false, problem.Text, [host, .. problem.Values]);
            Add(true, Texts.CheckGood, host);
            var onTime = !options.UsesTokens || LookAtClock(options, pages, host);
            var config = await LookAtConfigAsync(options, pages, host, token);
            var domain = options.XmppDomain is not "" ? options.XmppDomain : config.XmppDomain ?? new Uri($"https://{host}").Host;
            return (!options.UsesTokens || await TryTokensAsync(options, server, domain, token)) && onTime && !CutsFrames(options, config);
        }
        catch (HttpRequestException e)
        {
            return Add(false, e.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => Texts.CheckNoName,
                HttpRequestError.SecureConnectionError => Texts.CheckCertificate,
                _ => Texts.CheckNoConnection,
            }, host);
        }
        catch (IOException)
        {
            return Add(false, Texts.CheckNoConnection, host);
        }
        catch (OperationCanceledException) when (!ours.IsCancellationRequested)
        {
            return Add(false, Texts.CheckTimeout, host);
        }
    }

    private bool LookAtClock(JitsiOptions options, JitsiPages pages, string host)
    {
        if (pages.Ahead is not { } ahead)
            return Add(true, Texts.CheckClockUnknown, host);
        var seconds = (int)Math.Round(Math.Abs(ahead.TotalSeconds));
        // Tokens are back-dated; a server whose clock is behind by more refuses them all. One that is ahead lets them end early.
        if (-ahead.TotalSeconds > options.NotBeforeSeconds)
            return Add(false, Texts.CheckClockBehind, seconds, options.NotBeforeSeconds);
        return seconds <= JitsiPages.ClockSeconds
            ? Add(true, Texts.CheckClockGood)
            : Add(ahead < TimeSpan.FromMinutes(5), ahead > TimeSpan.Zero ? Texts.CheckClockAhead : Texts.CheckClockSlow, seconds);
    }

    private async Task<JitsiServerConfig> LookAtConfigAsync(
        JitsiOptions options, JitsiPages pages, string host, CancellationToken cancellationToken)
    {
        var config = await pages.ReadConfigAsync(cancellationToken);
        Add(config.IsThere, config.IsThere ? Texts.CheckConfigGood : Texts.CheckConfigMissing, host);
        if (CutsFrames(options, config))
            Add(false, Texts.CheckConfigNoFrames, host);
        return config;
    }

    // People go to a public server's own page, and Jitsi's page makes an exception of JaaS.
    private static bool CutsFrames(JitsiOptions options, JitsiServerConfig config) =>
        config.CutsFrames && options is { UsesTokens: true, Mode: JitsiMode.SelfHosted };

    private async Task<bool> TryTokensAsync(JitsiOptions options, JitsiServer server, string domain, CancellationToken cancellationToken)
    {
        var signIn = new BoshSignIn(context.Http, server, domain);
        var trial = new JitsiTrial(options, context.Clock);
        var good = true;
        foreach (var key in trial.Keys)
        {
            var answer = await signIn.TryAsync(trial.Room, trial.Token(key), cancellationToken);
            // Of a key that does not sign yet, nothing depends.
            good &= SignInWords.Tell(answer, server, domain, key.Id, Add) || key != trial.Keys[0];
            if (answer.Kind is SignInKind.Unproven)
                return good;
        }
        var without = await signIn.TryAsync(trial.Room, null, cancellationToken);
        if (without.Kind != SignInKind.Unproven)
            Add(without.Kind == SignInKind.Refused, without.Kind == SignInKind.Refused
                ? Texts.CheckWithoutTokenRefused : Texts.CheckWithoutTokenLetIn, server.Host);
        return good;
    }

    private bool Add(bool good, string text, params object[] values)
    {
        findings.Add(new(good, string.Format(CultureInfo.CurrentCulture, text, values)));
        return good;
    }
}
