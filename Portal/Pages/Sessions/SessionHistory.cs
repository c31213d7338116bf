using Localization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.AuditTrail;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.Pages.Admin.Mail;
using Portal.Pages.Admin.Trail;
using Portal.People;
using Portal.Sessions;

namespace Portal.Pages.Sessions;

/// <param name="Who">Whose doing; empty for the portal's own and for programs.</param>
/// <param name="Whom">Which person of the session it is about; null for all of them.</param>
/// <param name="Mail">Its id, where it is a mail.</param>
public sealed record HistoryRow(
    DateTimeOffset AtUtc, string What, string Who, string? Whom, IReadOnlyList<AuditChange> Changes, Guid? Mail, string? State);

/// <summary>What happened to one session, in order: for administrators.</summary>
public sealed class SessionHistory(PortalDbContext db, AuditWords words, IStringLocalizer<UiText> texts)
{
    /// <summary>The latest; the audit log has the rest.</summary>
    private const int Max = 80;

    public async Task<IReadOnlyList<HistoryRow>> OfAsync(
        MentoringSession session, Caller caller, string zone, CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin)
            return [];
        var events = await db.MeetingEvents.AsNoTracking().Where(e => e.SessionId == session.Id)
            .OrderByDescending(e => e.AtUtc).ThenByDescending(e => e.Id).Take(Max).ToListAsync(cancellationToken);
        var mails = await db.Outbox.AsNoTracking().Where(m => m.SessionId == session.Id).OrderByDescending(m => m.CreatedUtc)
            .Select(m => new { m.Id, m.CreatedUtc, m.Kind, m.ToName, m.State }).Take(Max).ToListAsync(cancellationToken);
        var ids = events.Select(e => e.ActorId).OfType<Guid>().Distinct().ToList();
        var actors = await db.Users.Where(u => ids.Contains(u.Id)).Select(u => new
        {
            u.Id,
            Name = u.DeletedUtc != null ? "" : u.DisplayName,
            IsAdmin = db.UserRoles.Any(r => r.UserId == u.Id && db.Roles.Any(x => x.Id == r.RoleId && x.Name == Roles.Admin)),
        }).ToDictionaryAsync(u => u.Id, u => (Name: Names.Line([u.Name]), u.IsAdmin), cancellationToken);
        string? Name(Guid? part) => session.Participants.FirstOrDefault(p => part is not null && p.Id == part)?.Name;
        // Neither are guardians in the session, and they are no administrators.
        string Actor(Guid id)
        {
            var (name, isAdmin) = actors.GetValueOrDefault(id, (UiText.AuditGone, false));
            return isAdmin && session.Participants.All(p => p.UserId != id) ? UiText.HistoryAdmin.With(name.Isolated()) : name;
        }
        return
        [
            .. events.Select(e => new HistoryRow(e.AtUtc, texts[$"Event{e.Kind}"], e.ActorId is { } id ? Actor(id) : "", Name(e.ParticipantId),
                    words.Changes(AuditChanges.Read(e.Details), zone), null, null))
                .Concat(mails.Select(m => new HistoryRow(
                    m.CreatedUtc, MailWords.OfKind(texts, m.Kind), "", m.ToName, [], m.Id, MailWords.Of(m.State))))
                .OrderByDescending(r => r.AtUtc).ThenBy(r => r.Mail is null).Take(Max).Reverse(),
        ];
    }
}
