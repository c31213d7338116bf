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
    /// True when the provider needs a phone number or address of the mentor's own, see <see cref="ISupportsMentorPlace"/>. Since 1.1.
    /// </summary>
    public bool NeedsMentorPlace { get; init; }

    /// <summary>
    /// True when meetings can be made only for mentors who connected an account, see <see cref="ISupportsMentorAccount"/>. Since 1.1.
    /// </summary>
    public bool NeedsMentorAccount { get; init; }

    /// <summary>What the settings leave to each mentor, in the current language; empty when nothing. Since 1.1.</summary>
    public IReadOnlyList<MentorChoice> Choices { get; init; } = [];

    /// <summary>
    /// Facts about the present settings that an administrator has to know ("everyone is a moderator on this server"),
    /// in the current language. Empty when there are none.
    /// </summary>
    public IReadOnlyList<string> KnownLimits { get; init; } = [];
}

/// <summary>One yes or no that the settings leave to each mentor. Since 1.1.</summary>
/// <param name="Key">Never changed and never shown: lower case, letters, digits and hyphens.</param>
/// <param name="Label">In the current language, such as "Record the session".</param>
/// <param name="Default">What holds for mentors who never answered.</param>
public sealed record MentorChoice(string Key, string Label, bool Default);
