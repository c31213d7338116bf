namespace Providers;

/// <summary>The provider can be shown inside the portal's meeting page.</summary>
public interface ISupportsEmbedding
{
    /// <summary>What the page must be allowed to load. Must answer at once.</summary>
    EmbedPolicy Embedding { get; }

    /// <summary>
    /// The provider's room module: JavaScript that the portal serves from its own address. It exports
    /// <c>open(element, data, back, devices)</c>, where data is the parsed <see cref="EmbedTarget.Data"/>; the element is empty. What else it
    /// is given and may return stands in docs/write-a-provider.md.
    /// </summary>
    string RoomModule { get; }
}

/// <summary>Origins for the page's content security and permissions policies.</summary>
/// <param name="Origins">
/// Such as <c>https://meet.example.org</c>: may be framed and use camera and microphone. Nothing of theirs runs in the page itself.
/// </param>
public sealed record EmbedPolicy(IReadOnlyList<string> Origins)
{
    /// <summary>The room module can send people into breakout rooms (docs/write-a-provider.md), in some meetings at least.</summary>
    public bool BreakoutRooms { get; init; }
}

/// <summary>The provider checks meeting addresses that mentors enter themselves.</summary>
public interface ISupportsMentorUrl
{
    /// <summary>Checks an address by its text alone; it is never fetched. Must answer at once.</summary>
    /// <param name="url">What the mentor typed; may be anything.</param>
    MentorUrlCheck CheckUrl(string? url);
}

/// <summary>The verdict on a mentor's own address.</summary>
/// <param name="Url">The address as it will be used, or null when it is refused.</param>
/// <param name="Refusal">Why it is refused, in the current language; null when it is not.</param>
public sealed record MentorUrlCheck(Uri? Url, string? Refusal)
{
    /// <summary>The name alone: what it holds belongs in no log.</summary>
    public override string ToString() => nameof(MentorUrlCheck);
}

/// <summary>Meetings at the tool may be recorded: then people are asked beforehand whether they agree. Since 1.1.</summary>
public interface ISupportsRecording
{
    /// <summary>Whether somebody may record a meeting, by the settings and the mentor's choices. Must answer at once.</summary>
    /// <param name="choices">The mentor's answers to <see cref="ProviderDescriptor.Choices"/>, by key.</param>
    bool MayRecord(IReadOnlyDictionary<string, bool> choices);
}
