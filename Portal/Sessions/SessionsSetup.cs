using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Mail.Rendering;
using Portal.People;
using Portal.Sessions.Attending;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;
using Portal.Sessions.Breakouts;
using Portal.Sessions.Changes;
using Portal.Sessions.Files;
using Portal.Sessions.Live;
using Portal.Sessions.Mails;
using Portal.Sessions.Notes;
using Portal.Sessions.Reminders;
using Portal.Sessions.Rooms;
using Portal.Sessions.Trouble;
using Portal.Settings;

namespace Portal.Sessions;

public static class SessionsSetup
{
    public static IServiceCollection AddPortalSessions(this IServiceCollection services) => services
        .AddPortalOptions<JoinOptions>(JoinOptions.Section)
        .AddPortalOptions<BookingOptions>(BookingOptions.Section)
        .AddPortalReminders()
        .AddSingleton(s => new SessionPolicy(
            s.GetRequiredService<IOptions<BookingOptions>>().Value, s.GetRequiredService<IOptions<JoinOptions>>().Value))
        .AddScoped<MentorCalendar>()
        .AddScoped<MeetingLinks>()
        .AddScoped<MeetingEnds>()
        .AddScoped<ToolMoves>()
        .AddScoped<MeetingAttendance>()
        .AddScoped<ToolSigns>()
        .AddScoped<StandInRooms>()
        .AddScoped<MeetingLookup>()
        .AddScoped<StandInAlerts>()
        .AddScoped<SessionMails>()
        .AddScoped<WithdrawalMails>()
        .AddScoped<IMailContextSource, SessionMailContexts>()
        .AddScoped<SessionChanges>()
        .AddScoped<Seats>()
        .AddScoped<OfferedTimes>()
        .AddScoped<Quotas>()
        .AddScoped<BookingService>()
        .AddScoped<SeriesService>()
        .AddScoped<MoveService>()
        .AddScoped<RequestService>()
        .AddScoped<InvitationService>()
        .AddScoped<InstantService>()
        .AddScoped<CompletionService>()
        .AddScoped<Closing>()
        .AddScoped<FeedbackService>()
        .AddScoped<NotesService>()
        .AddScoped<NotesReader>()
        .AddScoped<PrivateNotes>()
        .AddScoped<ChatKeeping>()
        .AddScoped<IForgetPeople, ForgetNotes>()
        .AddScoped<IForgetPeople, ForgetParticipants>()
        .AddSingleton(new GuardianshipEnd(ForgetParticipants.EndGuardianAsync))
        .AddScoped<Cancellation>()
        .AddScoped<SessionRooms>()
        .AddScoped<LinkRequests>()
        .AddScoped<OwnAddresses>()
        .AddScoped<PersonalLinks>()
        .AddScoped<ExtensionService>()
        .AddScoped<Attendance>()
        .AddScoped<RoomStays>()
        .AddPortalFiles()
        .AddScoped<TroubleReports>()
        .AddScoped<TroubleDesk>()
        .AddScoped<IForgetPeople, ForgetTrouble>()
        .AddScoped<BreakoutGroups>()
        .AddScoped<Gatherings>()
        .AddScoped<Admission>()
        .AddScoped<ArrivalPush>()
        .AddScoped<MeetingLimits>()
        .AddScoped<Lateness>()
        .AddScoped<LiveSweep>()
        .AddScoped<Preflight>()
        .AddScoped<SessionQueries>()
        .AddScoped<SessionArchive>();
}
