namespace Providers;

/// <summary>What a provider remembers of a meeting.</summary>
/// <param name="Value">Opaque to the host; at most 2,000 characters; no credentials.</param>
public sealed record MeetingHandle(string Value)
{
    /// <summary>When the meeting lapses at the provider, in UTC; null when it does not.</summary>
    public DateTimeOffset? Expires { get; init; }
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

    /// <summary>The same for every try at this meeting.</summary>
    public string IdempotencyKey => $"{SessionId:n}-{RoomVersion}";
}
