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
/// <param name="GuestLinks">Links of guests without an address, for the mentor to pass on.</param>
public sealed record PeopleView(
    Guid SessionId, bool Manages, bool MayInvite, IReadOnlyList<SessionParticipant> Others, IReadOnlyDictionary<Guid, string> GuestLinks)
{
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
        var others = session.Participants.Where(p => p.Role != ParticipantRole.Mentor && p.LeftUtc is null
            && (manages || p.Role is ParticipantRole.Guest or ParticipantRole.Observer));
        return new(session.Id, manages, page.Rights.Invite.IsAllowed(), [.. others], found);
    }
}
