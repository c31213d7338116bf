using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Plugins.Jitsi;

/// <summary>What every Jitsi server shows to anybody: its script and its settings.</summary>
internal sealed partial class JitsiPages(HttpClient http, JitsiServer server, TimeProvider clock)
{
    /// <summary>Below this the header, which knows whole seconds, and the way here cannot be told from a difference.</summary>
    public const int ClockSeconds = 5;

    // The script names its class several times; its beginning is enough, whatever the server sends.
    private const int MaxBytes = 1024 * 1024;
    private const string Mark = "JitsiMeetExternalAPI";

    /// <summary>How far the server's clock is ahead of ours; null before it was asked, and where it does not say.</summary>
    public TimeSpan? Ahead { get; private set; }

    public async Task<(string Text, object[] Values)?> ReadScriptAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow();
        using var answer = await http.GetAsync(server.Script, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.Headers.Date is { } date)
            // Somewhere in between, the server wrote it.
            Ahead = date - (before + (clock.GetUtcNow() - before) / 2);
        if (answer.StatusCode != HttpStatusCode.OK)
            return (Texts.CheckStatus, [(int)answer.StatusCode]);
        return (await TextAsync(answer, cancellationToken)).Contains(Mark, StringComparison.Ordinal) ? null : (Texts.CheckNotJitsi, []);
    }

    public async Task<JitsiServerConfig> ReadConfigAsync(CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(server.Config, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var text = answer.StatusCode == HttpStatusCode.OK ? await TextAsync(answer, cancellationToken) : "";
        try
        {
            var domain = XmppDomain.Match(text) is { Success: true } match ? match.Groups["domain"].Value : null;
            return new(Setting.IsMatch(text), domain, NoFrames.IsMatch(text));
        }
        catch (RegexMatchTimeoutException)
        {
            // No settings look like that.
            return new(false, null, false);
        }
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        Encoding.UTF8.GetString((await Body.ReadAsync(answer, MaxBytes, cancellationToken)).Span);

    [GeneratedRegex(@"\bconfig\b\s*(=|\.)")]
    private static partial Regex Setting { get; }

    // Lines that are commented out do not count. \s would go on through empty lines, from each of them anew.
    [GeneratedRegex(@"^(?![ \t]*//).*?(hosts\.domain[ \t]*=|\bdomain[ \t]*:)[ \t]*['""](?<domain>[a-z0-9.-]{1,200})['""]",
        RegexOptions.Multiline, 1000)]
    private static partial Regex XmppDomain { get; }

    [GeneratedRegex(@"^(?![ \t]*//).*?\bdisableIframeAPI[ \t]*[:=][ \t]*true\b", RegexOptions.Multiline, 1000)]
    private static partial Regex NoFrames { get; }
}

/// <summary>What a server's config.js says that matters here.</summary>
internal sealed record JitsiServerConfig(bool IsThere, string? XmppDomain, bool CutsFrames);
