using System.Globalization;
using Localization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using Portal.Data;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;
using Portal.Sessions;
using Portal.Sessions.Mails;
using Portal.Sessions.Rooms;
using Portal.Settings;
using Portal.Tickets;

namespace Portal.Calendar;

/// <summary>
/// The invitation that goes with a mail. Made when the mail leaves, of how things stand then: what was cancelled since is
/// not invited to, and who is in again is not told off. So a mail that comes late never undoes a later one.
/// </summary>
public sealed class CalendarInvitations(PortalDbContext db, JoinLinks links, PublicAddress address, IOptions<MailOptions> options)
    : IMailAttachmentSource
{
    public async Task<CalendarAttachment?> ForAsync(
        OutboxMessage row, MailModel mail, MailContext context, CancellationToken cancellationToken)
    {
        if (mail is not SessionMail about || MethodOf(about.Calendar(), ((SessionMailContext)context).Standing) is not { } method)
            return null;
        // Names and labels are in the reader's language. It does not flow out of this method.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(context.Language);
        var invitation = row.IsSample
            ? Sample(row, about, method, context)
            : await MakeAsync(row, about.Calendar(), method, context, cancellationToken);
        return invitation is null ? null : new(invitation.MethodName, invitation.ToString());
    }

    private async Task<CalendarInvitation?> MakeAsync(
        OutboxMessage row, CalendarPart part, InvitationMethod method, MailContext context, CancellationToken cancellationToken)
    {
        if (row.ParticipantId is null)
            return null;
        var session = await All().SingleOrDefaultAsync(s => s.Id == row.SessionId, cancellationToken);
        var reader = session?.Participants.FirstOrDefault(p => p.Id == row.ParticipantId);
        if (session is null || reader is null || method == InvitationMethod.Cancel && !WasInvited(session, reader))
            return null;
        var series = session.SeriesId is null ? [session]
            : await All().Where(s => s.SeriesId == session.SeriesId).OrderBy(s => s.StartUtc).ToListAsync(cancellationToken);
        // Those that are in the reader's calendar, or should be.
        var standing = series.Where(s => IsHeld(s) && PartOf(s, reader) is { IsIn: true }).ToList();
        var isWhole = session.SeriesId is not null
            && (method == InvitationMethod.Request ? part == CalendarPart.InviteAll : standing.Count == 0);
        var told = Told(session, series, standing, reader, part, method, isWhole).Where(s => !isWhole || s.SeriesLocalStart is not null);
        var sessions = new List<InvitedSession>();
        foreach (var s in told)
            sessions.Add(await InviteToAsync(s, PartOf(s, reader) ?? reader, method, cancellationToken));
        if (sessions.Count == 0)
            return null;
        return Make(method, session.SeriesId ?? session.Id, SessionFacts.For(session, reader), context, row) with
        {
            // One number for a whole series: it rises with a change to any of its sessions.
            Sequence = series.Sum(s => s.Sequence),
            TimeZone = session.TimeZone,
            OrganizerName = session.Mentor.DisplayName,
            Sessions = sessions,
            EveryWeeks = isWhole ? await EveryWeeksAsync(session.SeriesId, cancellationToken) : null,
        };
    }

    private async Task<int?> EveryWeeksAsync(Guid? seriesId, CancellationToken cancellationToken) =>
        await db.SessionSeries.Where(s => s.Id == seriesId).Select(s => s.EveryWeeks).SingleAsync(cancellationToken);

    /// <summary>The sessions that this mail puts into the reader's calendar, or takes out of it.</summary>
    private static IEnumerable<MentoringSession> Told(
        MentoringSession session, List<MentoringSession> series, List<MentoringSession> standing, SessionParticipant reader,
        CalendarPart part, InvitationMethod method, bool isWhole) => (method, isWhole, part) switch
        {
            (InvitationMethod.Request, true, _) => standing,
            (InvitationMethod.Cancel, true, _) => series.Where(s => WasInvited(s, reader)),
            (InvitationMethod.Cancel, _, CalendarPart.WithdrawAll) =>
                series.Where(s => s.State == SessionState.Cancelled && s.StartUtc >= session.StartUtc && WasInvited(s, reader)),
            _ => [session],
        };

    /// <summary>With made-up facts, for a sample of a mail. The later one replaces the earlier one in a calendar.</summary>
    private CalendarInvitation Sample(OutboxMessage row, SessionMail mail, InvitationMethod method, MailContext context)
    {
        const string zone = SampleFacts.MentorZone;
        var facts = mail.Session;
        var isSeries = mail is SeriesConfirmed;
        var starts = mail is SeriesConfirmed several ? several.Starts : [facts.StartUtc];
        return Make(method, isSeries ? SampleSeries : SampleSession, facts, context, row) with
        {
            Sequence = (int)(row.CreatedUtc.ToUnixTimeSeconds() / 60),
            TimeZone = zone,
            OrganizerName = SampleFacts.Mentor,
            Sessions = [.. starts.Select(start => new InvitedSession(
                start, facts.LengthMinutes, address.To("join/example"), ((SessionMailContext)context).SessionUrl,
                isSeries ? Instant.FromDateTimeOffset(start).InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime : null))],
            EveryWeeks = isSeries ? 1 : null,
        };
    }

    private static readonly Guid SampleSession = new("0198a2f4-0000-7000-8000-00000000005a");
    private static readonly Guid SampleSeries = new("0198a2f4-0000-7000-8000-00000000005b");

    private static InvitationMethod? MethodOf(CalendarPart part, SessionStanding standing) => (part, standing) switch
    {
        (CalendarPart.Invite or CalendarPart.InviteAll, SessionStanding.Open) => InvitationMethod.Request,
        (CalendarPart.Withdraw or CalendarPart.WithdrawAll, SessionStanding.Cancelled or SessionStanding.Declined or SessionStanding.Expired
            or SessionStanding.Withdrawn or SessionStanding.Left) => InvitationMethod.Cancel,
        _ => null,
    };

    /// <summary>In one query: there is one collection in it only, and one link, and every mail waits for it.</summary>
    private IQueryable<MentoringSession> All() =>
        db.Sessions.AsNoTracking().AsSingleQuery().Include(s => s.Mentor).Include(s => s.Participants).ThenInclude(p => p.User)
        .Include(s => s.Links.Where(l => l.RoomVersion == l.Session.RoomVersion));

    private CalendarInvitation Make(InvitationMethod method, Guid uid, SessionFacts facts, MailContext context, OutboxMessage row) => new()
    {
        Method = method,
        Uid = uid,
        Sequence = 0,
        StampUtc = row.CreatedUtc,
        TimeZone = context.TimeZone,
        Language = context.Language,
        Summary = string.Join(": ", new[] { facts.Topic, Names.Line(facts.With) }.Where(t => t.Length > 0)) is { Length: > 0 } summary
            ? summary : context.ProductName,
        OrganizerName = "",
        OrganizerAddress = options.Value.FromAddress,
        ReaderName = row.ToName,
        ReaderAddress = row.ToAddress,
        ReaderRole = facts.ReaderRole,
        JoinLabel = MailText.JoinButton,
        SessionLabel = MailText.ChangeOrCancel,
        Sessions = [],
    };

    private async Task<InvitedSession> InviteToAsync(
        MentoringSession session, SessionParticipant reader, InvitationMethod method, CancellationToken cancellationToken)
    {
        var isInvited = method == InvitationMethod.Request && reader.IsIn;
        var place = isInvited ? session.Place() : null;
        return new(
            session.StartUtc,
            session.LengthMinutes,
            isInvited && !place.IsElsewhere() ? await links.ForAsync(reader.Id, reader.LinkVersion, cancellationToken) : null,
            reader.UserId is null ? null : address.To($"sessions/{session.Id}"),
            session.SeriesId is null || session.SeriesLocalStart is not { } start ? null : LocalDateTime.FromDateTime(start))
        {
            Location = place.IsElsewhere() ? place!.Text : null,
            Words = place is null ? null : PlaceWords.Sentence(place, reader.Role),
        };
    }

    /// <summary>Every session of a series has participants of its own; the person is the same account or the same address.</summary>
    private static SessionParticipant? PartOf(MentoringSession session, SessionParticipant reader) =>
        session.Participants.FirstOrDefault(p => p.Id == reader.Id)
        ?? session.Participants.FirstOrDefault(p => p.Role == reader.Role && (reader.UserId is null
            ? p.UserId is null && string.Equals(p.OwnEmail, reader.OwnEmail, StringComparison.OrdinalIgnoreCase)
            : p.UserId == reader.UserId));

    private static bool IsHeld(MentoringSession session) =>
        session.State is SessionState.Confirmed or SessionState.Completed or SessionState.Missed;

    /// <summary>
    /// A request that was never confirmed is in nobody's calendar (its time to answer is still set), and who only waited has no
    /// invitation.
    /// </summary>
    private static bool WasInvited(MentoringSession session, SessionParticipant reader) =>
        session.State is not (SessionState.Requested or SessionState.Declined or SessionState.Expired) && session.ExpiresUtc is null
        && PartOf(session, reader) is { WaitingSinceUtc: null };
}
