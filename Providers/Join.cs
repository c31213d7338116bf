namespace Providers;

/// <summary>One person who may join one meeting now.</summary>
public sealed record JoinRequest
{
    /// <summary>What <see cref="IMeetingProvider.CreateMeetingAsync"/> answered for this room version.</summary>
    public required MeetingHandle Handle { get; init; }

    /// <summary>The meeting as it stands now.</summary>
    public required JoinMeeting Meeting { get; init; }

    /// <summary>The person.</summary>
    public required JoinParticipant Participant { get; init; }

    /// <summary>The person's language: <c>en</c> or <c>ar</c>.</summary>
    public required string Culture { get; init; }

    /// <summary>The name alone: what it holds belongs in no log.</summary>
    public override string ToString() => nameof(JoinRequest);
}

/// <summary>The meeting that is joined.</summary>
/// <param name="Id">The portal's session.</param>
/// <param name="Title">The session's topic.</param>
/// <param name="Start">UTC.</param>
/// <param name="End">The planned end, UTC.</param>
/// <param name="ClosesAt">When the portal stops admitting this person, UTC; tokens end then, and not before.</param>
/// <param name="RoomVersion">The version that the handle was made for.</param>
public sealed record JoinMeeting(Guid Id, string Title, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset ClosesAt, int RoomVersion)
{
    /// <summary>What kind of session it is. Since 1.1.</summary>
    public MeetingKind Kind { get; init; }

    /// <summary>
    /// The mentor's answers to <see cref="ProviderDescriptor.Choices"/>, by key; those never answered are missing. Since 1.1.
    /// </summary>
    public IReadOnlyDictionary<string, bool> Choices { get; init; } = new Dictionary<string, bool>();

    /// <summary>Somebody in it does not agree to being recorded: nothing may begin to record by itself. Since 1.1.</summary>
    public bool IsNotToBeRecorded { get; init; }
}

/// <summary>Kinds of sessions that a tool may treat differently. Since 1.1.</summary>
public enum MeetingKind
{
    /// <summary>A mentor and a mentee, at a booked time.</summary>
    OneToOne,

    /// <summary>A mentor and several mentees, at a booked time.</summary>
    Group,

    /// <summary>Opened by the mentor for now.</summary>
    Instant,
}

/// <summary>The person who joins.</summary>
/// <param name="Id">The same person's id in every session; for people without an account, of this session only.</param>
/// <param name="Name">Display name; may be in any script.</param>
/// <param name="Email">Null when the portal is set to keep addresses out of tokens, or has none.</param>
/// <param name="Avatar">A public https address of the picture, or null.</param>
/// <param name="Role">What the person may do.</param>
public sealed record JoinParticipant(Guid Id, string Name, string? Email, Uri? Avatar, ParticipantRole Role)
{
    /// <summary>The name alone: what it holds belongs in no log.</summary>
    public override string ToString() => nameof(JoinParticipant);
}

/// <summary>A person's part in a session.</summary>
public enum ParticipantRole
{
    /// <summary>Leads the meeting and moderates it.</summary>
    Mentor,

    /// <summary>The person the session is for.</summary>
    Mentee,

    /// <summary>A guardian or supervisor: joins muted, without moderator rights.</summary>
    Observer,

    /// <summary>A person without an account, invited by link.</summary>
    Guest,
}

/// <summary>Where a person goes: <see cref="RedirectTarget"/>, <see cref="EmbedTarget"/> or <see cref="PlaceTarget"/>.</summary>
public abstract record JoinTarget;

/// <summary>The browser is sent to the tool.</summary>
/// <param name="Url">An absolute https address on one of <see cref="ProviderDescriptor.JoinHosts"/>.</param>
public sealed record RedirectTarget(Uri Url) : JoinTarget
{
    /// <summary>The name alone: what it holds belongs in no log.</summary>
    public override string ToString() => nameof(RedirectTarget);
}

/// <summary>The portal shows the meeting in its own page. Only for providers with <see cref="ISupportsEmbedding"/>.</summary>
/// <remarks>
/// No script of the tool's runs in the page: it could do all that the visitor may. The provider's own room module, which the portal
/// serves, opens a frame of the tool's and speaks to that.
/// </remarks>
/// <param name="Data">JSON for the provider's room module; may hold a token, so it is never logged or stored.</param>
public sealed record EmbedTarget(string Data) : JoinTarget
{
    /// <summary>The name alone: what it holds belongs in no log.</summary>
    public override string ToString() => nameof(EmbedTarget);
}

/// <summary>There is nothing to open: the portal shows the number or the address. Since 1.1.</summary>
/// <param name="Place">As the handle has it.</param>
public sealed record PlaceTarget(MeetingPlace Place) : JoinTarget
{
    /// <summary>The name alone: what it holds belongs in no log.</summary>
    public override string ToString() => nameof(PlaceTarget);
}
