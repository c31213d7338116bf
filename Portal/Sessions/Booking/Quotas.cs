using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Portal.Data;
using Portal.Mail.Delivery;
using Portal.Sessions.Changes;

namespace Portal.Sessions.Booking;

/// <summary>How much one account may take of others' time, and how often one address is written to at strangers' wish.</summary>
public sealed class Quotas(PortalDbContext db, UnwantedMail unwanted, SessionPolicy policy, TimeProvider clock)
{
    /// <summary>
    /// One booking after the other of one person: two that count in one moment would both see the last place. To be committed after
    /// the save; null where the caller has begun a transaction already, which then holds the turn.
    /// </summary>
    public async Task<IDbContextTransaction?> TakeTurnAsync(Guid userId, CancellationToken cancellationToken)
    {
        var turn = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        try
        {
            // Changes nothing, but holds the row until the commit, on both engines.
            await db.Users.Where(u => u.Id == userId)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.FeedVersion, u => u.FeedVersion), cancellationToken);
            return turn;
        }
        catch
        {
            await (turn?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
    }

    /// <summary>Booked when nothing stands against it.</summary>
    /// <param name="request">The booking, with whom it brings along.</param>
    /// <param name="dates">How many sessions it is.</param>
    /// <param name="menteeId">Who books, and has the turn.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<BookingOutcome> JudgeAsync(BookingRequest request, int dates, Guid menteeId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var open = await db.Participants.Where(p => p.UserId == menteeId && p.Role == ParticipantRole.Mentee && p.WithdrawnUtc == null
                && p.LeftUtc == null && (p.Session.State == SessionState.Confirmed || p.Session.State == SessionState.Requested)
                && p.Session.StartUtc.AddMinutes(p.Session.LengthMinutes) > now)
            .Select(p => p.Session.MentorId).ToListAsync(cancellationToken);
        if (open.Count + dates > policy.Booking.MaxOpen
            || open.Count(mentor => mentor == request.MentorId) + dates > policy.Booking.MaxOpenPerMentor)
            return BookingOutcome.TooManyOpen;
        return await JudgeAsync(request.Invitations, request.By ?? menteeId, cancellationToken) switch
        {
            SessionOutcome.TooManyInvitations => BookingOutcome.TooManyInvitations,
            SessionOutcome.NoMailWanted => BookingOutcome.NoMailWanted,
            _ => BookingOutcome.Booked,
        };
    }

    public async Task<bool> MayOpenAsync(Guid mentorId, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow().AddDays(-1);
        return await db.Sessions.CountAsync(s => s.MentorId == mentorId && s.IsInstant && s.CreatedUtc > since, cancellationToken)
            < policy.Booking.MaxInstantPerDay;
    }

    /// <summary>Done when nothing stands against it. Takes the account's turn, in a transaction that the change commits.</summary>
    /// <param name="session">With everybody who was ever in it.</param>
    /// <param name="invitation">Whom.</param>
    /// <param name="by">Whose account; null for a program.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<SessionOutcome> JudgeInvitationAsync(
        MentoringSession session, Invitation invitation, Guid? by, CancellationToken cancellationToken)
    {
        if (session.Participants.Count(p => p.Role is ParticipantRole.Guest or ParticipantRole.Observer) >= policy.Booking.MaxInvitations)
            return SessionOutcome.TooManyInvitations;
        if (by is { } account)
            _ = await TakeTurnAsync(account, cancellationToken);
        return await JudgeAsync([invitation], by, cancellationToken);
    }

    private async Task<SessionOutcome> JudgeAsync(IReadOnlyList<Invitation> people, Guid? by, CancellationToken cancellationToken)
    {
        if (people.Count == 0)
            return SessionOutcome.Done;
        var addresses = people.Where(i => i.Email.Length > 0).Select(i => SuppressedAddress.Written(i.Email)).ToList();
        if (await unwanted.AnyAsync(addresses, cancellationToken))
            return SessionOutcome.NoMailWanted;
        var since = clock.GetUtcNow().AddDays(-1);
        var lately = db.Participants.Where(p => p.InvitedUtc > since);
        if (by is not null && await lately.CountAsync(p => p.InvitedBy == by, cancellationToken) + people.Count
            > policy.Booking.MaxInvitationsPerDay)
            return SessionOutcome.TooManyInvitations;
        var written = lately.Where(p => p.OwnEmail != null).Select(p => p.OwnEmail!);
        foreach (var (mailbox, asked) in addresses.CountBy(Mailbox.Of))
            if (await Mailbox.CountAsync(written, mailbox, cancellationToken) + asked > policy.Booking.MaxInvitationsPerAddress)
                return SessionOutcome.TooManyInvitations;
        return SessionOutcome.Done;
    }
}
