using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.Sessions.Changes;
using Portal.Sessions.Mails;

namespace Portal.Sessions.Rooms;

/// <summary>Somebody for whom the room does not open asks the mentor for another link.</summary>
public sealed class LinkRequests(PortalDbContext db, Outbox outbox, TimeProvider clock)
{
    /// <summary>The mentor is written to once for each person and time of the session.</summary>
    public async Task<SessionOutcome> AskAsync(Guid sessionId, Guid participantId, CancellationToken cancellationToken)
    {
        var session = await db.Sessions.AsNoTracking().Include(s => s.Mentor).Include(s => s.Participants).ThenInclude(p => p.User)
            .FirstOrDefaultAsync(s => s.Id == sessionId, cancellationToken);
        if (session?.Participants.FirstOrDefault(p => p.Id == participantId) is not { } person)
            return SessionOutcome.NoSuchSession;
        if (!person.IsIn || person.Role == ParticipantRole.Mentor)
            return SessionOutcome.NotAllowed;
        if (!session.IsAhead(clock.GetUtcNow()))
            return SessionOutcome.TooLate;
        var occasion = string.Create(CultureInfo.InvariantCulture, $"{session.StartUtc.ToUnixTimeSeconds() / 60}:{person.Id:N}");
        var mail = new LinkWanted(SessionFacts.For(session, session.MentorPart), person.Name);
        if (await outbox.AddOnceAsync(mail, session.MentorPart.ToRecipient(), occasion, cancellationToken))
            await db.TrySaveAsync(cancellationToken); // Another press was faster.
        return SessionOutcome.Done;
    }
}
