using Portal.Pages.Shared;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Portal.Tickets;

namespace Portal.Pages.Sessions;

/// <summary>The people of a session beside its mentor, with their links.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Manages">The reader takes care of everybody's links; else of those of guests and observers alone.</param>
/// <param name="MayInvite">The reader may bring somebody along.</param>
/// <param name="Others">Those whom the reader takes care of.</param>
/// <param name="MayWithdraw">Those whose access the reader may end.</param>
/// <param name="GuestLinks">Links of guests without an address, for the mentor to pass on.</param>
public sealed record PeopleView(
    Guid SessionId, bool Manages, bool MayInvite, IReadOnlyList<SessionParticipant> Others, IReadOnlySet<Guid> MayWithdraw,
    IReadOnlyDictionary<Guid, string> GuestLinks)
{
    /// <summary>In which the reader's days and hours are.</summary>
    public required string Zone { get; init; }
    public required DateTimeOffset Start { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>May send each of them the details once more; the mentor is among them then.</summary>
    public bool SendsAgain { get; init; }

    public GuestInput Guest { get; init; } = new();

    public static async Task<PeopleView> ReadAsync(SessionPageModel page, JoinLinks links, CancellationToken cancellationToken)
    {
        var session = page.Session;
        var manages = page.Rights.ChangeRoom.IsAllowed();
        var found = new Dictionary<Guid, string>();
        var withoutAddress = session.Participants.Where(p => p.Role == ParticipantRole.Guest && p.Email.Length == 0
            && p.WithdrawnUtc is null);
        foreach (var guest in manages ? withoutAddress : [])
            found[guest.Id] = (await links.ForAsync(guest.Id, guest.LinkVersion, cancellationToken)).AbsoluteUri;
        var others = session.Participants.Where(p => (page.Rights.ActsForPortal || p.Role != ParticipantRole.Mentor) && p.LeftUtc is null
            && (manages || p.Role is ParticipantRole.Guest or ParticipantRole.Observer));
        return new(session.Id, manages, page.Rights.Invite.IsAllowed(), [.. others],
            others.Where(p => page.Rights.Withdraw(p).IsAllowed()).Select(p => p.Id).ToHashSet(), found)
        { Zone = page.ReaderZone, Start = session.StartUtc, Now = page.Now, SendsAgain = page.Rights.ActsForPortal };
    }
}
