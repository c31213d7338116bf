using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Queue;

namespace Portal.Sessions.Mails;

/// <summary>Tells people that their link was taken away, where they were told that they had one.</summary>
public sealed class WithdrawalMails(PortalDbContext db, Outbox outbox, TimeProvider clock)
{
    /// <summary>An invitation and its withdrawal within this time are one mail's worth of news, or none.</summary>
    private static readonly TimeSpan InvitationIsYoung = TimeSpan.FromMinutes(15);

    /// <summary>Who has not been told of an invitation yet is told of neither; who just was, a little later.</summary>
    public async Task TellAsync(MentoringSession session, SessionParticipant person, CancellationToken cancellationToken)
    {
        var due = clock.GetUtcNow();
        if (person.Email.Length == 0)
            return;
        if (person.UserId is null)
        {
            if (await LastToldAsync(person.Id, due, cancellationToken) is not { } told)
                return;
            due = told + InvitationIsYoung > due ? told + InvitationIsYoung : due;
        }
        var mail = outbox.Make(new LinkWithdrawn(SessionFacts.For(session, person)), person.ToRecipient(),
            session.Sequence.ToString(CultureInfo.InvariantCulture));
        mail.DueUtc = due;
        db.Outbox.Add(mail);
    }

    /// <summary>When somebody last got a mail about the session, or may be getting one just now; null where nothing has left.</summary>
    private async Task<DateTimeOffset?> LastToldAsync(Guid participantId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var left = await db.Outbox.AsNoTracking().Where(m => m.ParticipantId == participantId && (m.State == OutboxState.Sent
                || m.State == OutboxState.InDoubt || m.State == OutboxState.Waiting && m.ClaimedUntilUtc > now))
            .Select(m => m.SentUtc ?? m.CreatedUtc).ToListAsync(cancellationToken);
        return left.Count == 0 ? null : left.Max();
    }
}
