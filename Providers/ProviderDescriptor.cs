namespace Providers;

/// <summary>What a provider is, under the settings of one instance.</summary>
/// <param name="Id">The id of <c>plugin.json</c>: lower case, letters, digits and hyphens.</param>
/// <param name="JoinHosts">
/// Hosts that a join of this provider may lead to: <c>meet.example.org</c> (exactly this host), or <c>.example.org</c>
/// (any host below it). The host refuses every target elsewhere.
/// </param>
public sealed record ProviderDescriptor(string Id, IReadOnlyList<string> JoinHosts)
{
    /// <summary>
    /// True when <see cref="IMeetingProvider.CreateMeetingAsync"/> talks to a server: it is then called by a job with
    /// retries. False when it only computes: it is then called while the session is booked.
    /// </summary>
    public bool CreatesRemotely { get; init; }

    /// <summary>True when the provider needs a URL of the mentor's own, see <see cref="ISupportsMentorUrl"/>.</summary>
    public bool NeedsMentorUrl { get; init; }

    /// <summary>
    /// Facts about the present settings that an administrator has to know ("everyone is a moderator on this server"),
    /// in the current language. Empty when there are none.
    /// </summary>
    public IReadOnlyList<string> KnownLimits { get; init; } = [];
}
