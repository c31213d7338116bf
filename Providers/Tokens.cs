namespace Providers;

/// <summary>Rooms of the tool are opened by tokens that the provider signs; administrators can make one and check one. Since 1.1.</summary>
public interface ISupportsTokens
{
    /// <summary>False where the present settings use none, such as those of a public server. Asked once, at the start.</summary>
    bool HasTokens => true;

    /// <summary>Makes a token as a person of that role would get one. Must answer at once and without I/O.</summary>
    /// <exception cref="ProviderException">With the reason, such as settings under which there are no tokens.</exception>
    MintedToken MintToken(TokenRequest request);

    /// <summary>Says what a token holds and what the tool will think of it. Must answer at once and without I/O.</summary>
    /// <param name="token">What somebody pasted; may be anything.</param>
    /// <param name="room">The room that it should open; null for any.</param>
    TokenReport CheckToken(string token, string? room);
}

/// <summary>A token that is to be made. Since 1.1.</summary>
/// <param name="Room">As the tool names it; may be anything.</param>
/// <param name="Name">The person's display name.</param>
/// <param name="Role">What the person may do.</param>
/// <param name="Length">How long the meeting lasts from now.</param>
/// <param name="Kind">What kind of session it is for.</param>
public sealed record TokenRequest(string Room, string Name, ParticipantRole Role, TimeSpan Length, MeetingKind Kind)
{
    /// <summary>The person's email address, or null.</summary>
    public string? Email { get; init; }

    /// <summary>The name alone: what it holds belongs in no log.</summary>
    public override string ToString() => nameof(TokenRequest);
}

/// <summary>A token that was made. Since 1.1.</summary>
/// <param name="Token">A secret: it opens the room for whoever has it.</param>
/// <param name="Url">The whole address that opens the room with this token; as secret as the token.</param>
/// <param name="Expires">UTC.</param>
/// <param name="Contents">What the token says.</param>
public sealed record MintedToken(string Token, Uri Url, DateTimeOffset Expires, TokenContents Contents)
{
    /// <summary>The name alone: what it holds belongs in no log.</summary>
    public override string ToString() => nameof(MintedToken);
}

/// <summary>What a token says, as JSON. Since 1.1.</summary>
/// <param name="Header">How it is signed.</param>
/// <param name="Claims">Whom it lets in where, and until when.</param>
public sealed record TokenContents(string Header, string Claims);

/// <summary>What was found out about a token. Since 1.1.</summary>
/// <param name="Good">True when the tool should accept it now.</param>
/// <param name="Contents">Null when it cannot be read.</param>
/// <param name="Findings">Each single thing that was looked at, in order.</param>
public sealed record TokenReport(bool Good, TokenContents? Contents, IReadOnlyList<ProviderFinding> Findings);
