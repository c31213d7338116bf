using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.People;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;

namespace Portal.Sessions.Trouble;

/// <summary>A report as an administrator reads it.</summary>
/// <param name="Person">Null for somebody who is no longer in the session.</param>
/// <param name="Events">The person's last ones before it, in order.</param>
public sealed record TroubleCase(
    TroubleReport Report, TroubleFacts Facts, SessionParticipant? Person, IReadOnlyList<MeetingEvent> Events, string? AnsweredBy);

/// <summary>Where administrators read what does not work, and answer by mail.</summary>
public sealed class TroubleDesk(PortalDbContext db, Outbox outbox, TimeProvider clock)
{
    public const int PageSize = 25;

    /// <summary>What happened long before it has nothing to do with it.</summary>
    private const int MaxEvents = 12;

    public Task<int> CountOpenAsync(CancellationToken cancellationToken) =>
        db.TroubleReports.CountAsync(r => r.AnsweredUtc == null, cancellationToken);

    /// <summary>Those that wait, the oldest first; or those that were answered, the newest first.</summary>
    /// <param name="answered">Which.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<(IReadOnlyList<TroubleCase> Cases, bool HasMore)> ListAsync(
        bool answered, int page, CancellationToken cancellationToken)
    {
        var all = db.TroubleReports.AsNoTracking().AsSplitQuery()
            .Include(r => r.Session).ThenInclude(s => s.Participants).ThenInclude(p => p.User)
            .Where(r => r.AnsweredUtc != null == answered);
        var rows = await (answered ? all.OrderByDescending(r => r.AnsweredUtc) : all.OrderBy(r => r.AtUtc)).ThenBy(r => r.Id)
            .Skip((page - 1) * PageSize).Take(PageSize + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(PageSize).ToList();
        var (people, admins) = (shown.ConvertAll(r => (Guid?)r.ParticipantId), shown.Select(r => r.AnsweredBy).OfType<Guid>().ToList());
        var events = (await db.MeetingEvents.AsNoTracking().Where(e => people.Contains(e.ParticipantId)).ToListAsync(cancellationToken))
            .ToLookup(e => e.ParticipantId!.Value);
        var names = await db.Users.Where(u => admins.Contains(u.Id) && u.DeletedUtc == null)
            .ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
        return ([.. shown.Select(r => new TroubleCase(
            r, TroubleFacts.Read(r.Facts), r.Session.Participants.FirstOrDefault(p => p.Id == r.ParticipantId),
            [.. events[r.ParticipantId].Where(e => e.AtUtc <= r.AtUtc).OrderByDescending(e => e.AtUtc).Take(MaxEvents).Reverse()],
            r.AnsweredBy is { } id ? names.GetValueOrDefault(id) : null))], rows.Count > PageSize);
    }

    /// <summary>Once: who comes second finds it answered.</summary>
    /// <param name="id">The report's.</param>
    /// <param name="answer">Checked already (<see cref="SessionRules.TroubleAnswer"/>).</param>
    /// <param name="caller">An administrator.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<SessionOutcome> AnswerAsync(Guid id, string answer, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin)
            return SessionOutcome.NotAllowed;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (now, text) = (clock.GetUtcNow(), FreeText.Lines(answer));
        var taken = await db.TroubleReports.Where(r => r.Id == id && r.AnsweredUtc == null).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.AnsweredUtc, now).SetProperty(r => r.AnsweredBy, caller.UserId).SetProperty(r => r.Answer, text),
            cancellationToken);
        var report = await db.TroubleReports.AsNoTracking()
            .Include(r => r.Session).ThenInclude(s => s.Participants).ThenInclude(p => p.User)
            .FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (report is null)
            return SessionOutcome.NoSuchSession;
        if (taken == 0)
            return SessionOutcome.ChangedMeanwhile;
        if (report.Session.Participants.FirstOrDefault(p => p.Id == report.ParticipantId) is { } person)
            outbox.Add(new TroubleAnswered(SessionFacts.For(report.Session, person), text), person.ToRecipient(), $"{report.Id:N}");
        Audit.Note(db, now, caller.UserId, "session.answer-trouble", $"session:{report.SessionId}");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return SessionOutcome.Done;
    }
}
