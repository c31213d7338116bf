namespace Providers;

/// <summary>What a provider remembers of a meeting.</summary>
/// <param name="Value">Opaque to the host; at most 2,000 characters; no credentials of the portal's.</param>
public sealed record MeetingHandle(string Value)
{
    /// <summary>When the meeting lapses at the provider, in UTC; null when it does not.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>
    /// What the tool calls the meeting in its webhooks, see <see cref="MeetingSign.MeetingKey"/>; at most 200 characters; null when it
    /// sends none. Since 1.1.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>
    /// Where people go or whom they call, for meetings that are no page in a browser. The host stores it and shows it to those who may
    /// join. Since 1.1.
    /// </summary>
    public MeetingPlace? Place { get; init; }

    /// <summary>
    /// Filled by the host in every call after the meeting was made: the mentor's connected account, as
    /// <see cref="ISupportsMentorAccount.ConnectAsync"/> gave it; null where there is none. What a provider returns here is ignored.
    /// Since 1.1.
    /// </summary>
    public string? MentorAccount { get; init; }

    /// <summary>The name alone: what it holds belongs in no log.</summary>
    public override string ToString() => nameof(MeetingHandle);
}

/// <summary>A meeting that is to be made.</summary>
public sealed record MeetingRequest
{
    /// <summary>The portal's session.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>Rises whenever nobody may be sent to the old room again.</summary>
    public required int RoomVersion { get; init; }

    /// <summary>The session's topic, as people wrote it; may be in any script.</summary>
    public required string Title { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>How long the session is meant to last.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>The IANA zone in which the time was agreed on, such as <c>Africa/Cairo</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The mentor's display name.</summary>
    public required string MentorName { get; init; }

    /// <summary>The display name of the first mentee; empty when there is none.</summary>
    public string MenteeName { get; init; } = "";

    /// <summary>The mentor's own meeting address, for providers with <see cref="ProviderDescriptor.NeedsMentorUrl"/>.</summary>
    public string? MentorUrl { get; init; }

    /// <summary>
    /// The mentor's own phone number or address, as <see cref="ISupportsMentorPlace.CheckPlace"/> returned it, for providers with
    /// <see cref="ProviderDescriptor.NeedsMentorPlace"/>. Since 1.1.
    /// </summary>
    public string? MentorPlace { get; init; }

    /// <summary>The mentor's email address at the portal; null when the mentor has none. Since 1.1.</summary>
    public string? MentorEmail { get; init; }

    /// <summary>
    /// A secret: the mentor's connected account, as <see cref="ISupportsMentorAccount.ConnectAsync"/> gave it; null where the mentor has
    /// connected none. Since 1.1.
    /// </summary>
    public string? MentorAccount { get; init; }

    /// <summary>
    /// The mentor's answers to <see cref="ProviderDescriptor.Choices"/>, by key; those never answered are missing. Since 1.1.
    /// </summary>
    public IReadOnlyDictionary<string, bool> Choices { get; init; } = new Dictionary<string, bool>();

    /// <summary>The same for every try at this meeting.</summary>
    public string IdempotencyKey => $"{SessionId:n}-{RoomVersion}";

    /// <summary>The name alone: what it holds belongs in no log.</summary>
    public override string ToString() => nameof(MeetingRequest);
}

/// <summary>A place of a meeting that is no page in a browser. Since 1.1.</summary>
/// <param name="Kind">How people get there.</param>
/// <param name="Text">The phone number as it is dialled (<c>+201001234567</c>), the address, or the app's name; one line, at most 300
/// characters.</param>
public sealed record MeetingPlace(MeetingPlaceKind Kind, string Text)
{
    /// <summary>The name alone: what it holds belongs in no log.</summary>
    public override string ToString() => nameof(MeetingPlace);
}

/// <summary>How people meet elsewhere than on a page in a browser. Since 1.1.</summary>
public enum MeetingPlaceKind
{
    /// <summary>A call to a number.</summary>
    Phone,

    /// <summary>In person, at an address.</summary>
    Address,

    /// <summary>A call in an app on the phone. The join is a <see cref="RedirectTarget"/> that opens it.</summary>
    App,
}
