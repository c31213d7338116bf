using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;
using Portal.Sessions.Reminders;
using Portal.Settings;
using Portal.Tickets;
using MeetingPlaceKind = Providers.MeetingPlaceKind;

namespace Portal.Sessions.Mails;

/// <summary>
/// How a session stands for the reader of its mail, and where the mail's links lead. The only place that writes join links
/// into mails; their addresses in calendars are the invitation's.
/// </summary>
public sealed class SessionMailContexts(
    PortalDbContext db, JoinLinks joinLinks, ReminderChoices reminders, PublicAddress address, IOptions<JoinOptions> joining)
    : IMailContextSource
{
    private const string NoJoinLink = "join/example";
    private const string NoReminderLink = "mail/reminders/example";

    public Type Family => typeof(SessionMail);

    public async Task<MailContext> ForAsync(
        OutboxMessage row, MailModel mail, MailContext reader, bool secrets, CancellationToken cancellationToken)
    {
        var ward = (mail as SessionMail)?.Session.Ward;
        var place = await PlaceAsync(row.ParticipantId ?? ward?.ParticipantId, cancellationToken);
        var standing = StandingOf(row, place, reader.NowUtc);
        var page = row.UserId is null || row.SessionId is null ? null : $"sessions/{row.SessionId}";
        return new SessionMailContext(reader)
        {
            Standing = standing,
            StartUtc = place?.StartUtc,
            Place = place is { PlaceKind: { } kind, PlaceText: { } text } && standing == SessionStanding.Open ? new(kind, text) : null,
            IsForAdmin = row.SessionId is not null && row.ParticipantId is null && ward is null,
            IsForGuardian = ward is not null,
            JoinUrl = place is null || ward is not null || standing != SessionStanding.Open ? null
                : secrets ? await joinLinks.ForAsync(place.Id, place.LinkVersion, cancellationToken)
                : address.To(NoJoinLink),
            SessionUrl = page is null ? null : address.To(page),
            MoveUrl = page is null || place is null || !MayMove(place, standing, reader.NowUtc) ? null : address.To($"{page}/move"),
            CancelUrl = page is null || place is null || !MayCancel(place, standing) ? null : address.To($"{page}/cancel"),
            CalendarUrl = page is null || standing != SessionStanding.Open || !(place?.StartUtc > reader.NowUtc) ? null
                : address.To($"{page}?calendar=true"),
            LeavesGroup = place is { Capacity: > 1, Role: ParticipantRole.Mentee },
            OpensMinutesBefore = joining.Value.OpensMinutesBefore,
            FeedbackUrl = page is null ? null : address.To($"{page}/feedback"),
            RebookUrl = row.UserId is null || place is null ? null : address.To(FreeTimesOf(place)),
            MentorsUrl = row.UserId is null ? null : address.To("mentors"),
            UnsubscribeUrl = mail is not SessionReminder ? null : secrets ? reminders.OffUrl(row) : address.To(NoReminderLink),
        };
    }

    public MailContext Sample(MailModel mail, MailContext reader)
    {
        var sample = (SessionMail)mail;
        var page = address.To($"sessions/{Guid.Empty}");
        return new SessionMailContext(reader)
        {
            Standing = sample.Says(),
            StartUtc = sample.Session.StartUtc,
            JoinUrl = sample.Says() == SessionStanding.Open ? address.To(NoJoinLink) : null,
            SessionUrl = page,
            MoveUrl = sample.Says() == SessionStanding.Open ? page : null,
            CancelUrl = sample.Says() == SessionStanding.Open ? page : null,
            CalendarUrl = sample.Says() == SessionStanding.Open ? page : null,
            OpensMinutesBefore = joining.Value.OpensMinutesBefore,
            FeedbackUrl = page,
            RebookUrl = address.To("mentors"),
            MentorsUrl = address.To("mentors"),
            UnsubscribeUrl = mail is SessionReminder ? address.To(NoReminderLink) : null,
        };
    }

    private async Task<Place?> PlaceAsync(Guid? participantId, CancellationToken cancellationToken) =>
        participantId is null ? null : await db.Participants.AsNoTracking()
            .Where(p => p.Id == participantId)
            .Select(p => new Place(
                p.Id,
                p.LinkVersion,
                p.Role,
                p.WithdrawnUtc != null,
                p.LeftUtc != null,
                p.WaitingSinceUtc != null,
                p.Session.State,
                p.Session.StartUtc,
                p.Session.Capacity,
                p.Session.MentorId,
                p.Session.KindId,
                p.AccessUntilUtc,
                p.Session.Links.Where(l => l.RoomVersion == p.Session.RoomVersion).Select(l => l.PlaceKind).FirstOrDefault(),
                p.Session.Links.Where(l => l.RoomVersion == p.Session.RoomVersion).Select(l => l.PlaceText).FirstOrDefault()))
            .SingleOrDefaultAsync(cancellationToken);

    private static SessionStanding StandingOf(OutboxMessage row, Place? place, DateTimeOffset now) => place switch
    {
        { State: SessionState.Cancelled } => SessionStanding.Cancelled,
        { State: SessionState.Declined } => SessionStanding.Declined,
        { State: SessionState.Expired } => SessionStanding.Expired,
        { State: SessionState.Missed } => SessionStanding.Missed,
        { HasLeft: true } => SessionStanding.Left,
        { IsWithdrawn: true } => SessionStanding.Withdrawn,
        not null when AccessEnd.IsOver(place.AccessUntilUtc, place.StartUtc, now) => SessionStanding.Withdrawn,
        { Waits: true } => SessionStanding.WaitingList,
        { State: SessionState.Requested } => SessionStanding.Requested,
        { State: SessionState.Completed } => SessionStanding.Over,
        null when row.ParticipantId is not null => SessionStanding.Withdrawn, // no longer in the session
        _ => SessionStanding.Open,
    };

    private static bool MayMove(Place place, SessionStanding standing, DateTimeOffset now) =>
        standing is SessionStanding.Open && place.StartUtc > now
        && (place.Role == ParticipantRole.Mentor || place is { Role: ParticipantRole.Mentee, Capacity: 1 });

    private static bool MayCancel(Place place, SessionStanding standing) =>
        standing is SessionStanding.Open or SessionStanding.Requested or SessionStanding.WaitingList
        && place.Role is ParticipantRole.Mentor or ParticipantRole.Mentee;

    private static string FreeTimesOf(Place place) =>
        $"mentors/{place.MentorId}" + (place.KindId is { } kind ? $"?kind={kind}" : "");

    /// <summary>The reader's place in the session.</summary>
    private sealed record Place(
        Guid Id, short LinkVersion, ParticipantRole Role, bool IsWithdrawn, bool HasLeft, bool Waits, SessionState State,
        DateTimeOffset StartUtc, int Capacity, Guid MentorId, Guid? KindId, DateTimeOffset? AccessUntilUtc,
        MeetingPlaceKind? PlaceKind, string? PlaceText);
}
