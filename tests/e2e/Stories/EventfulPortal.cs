using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Calendar;
using Portal.Data;
using Portal.Demo;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Reminders;
using Portal.Sessions.Rooms;
using Portal.Tickets;
using Stories.Fixture;
using Tests.Mail.Smtp;

namespace Stories;

/// <summary>A portal in which a good deal has happened: people are late or missing, a session is in trouble, mails are refused.</summary>
public sealed class EventfulPortal(StoryFixture stories) : IAsyncLifetime
{
    private const string Never = "0 0 0 1 1 ? 2099";
    private readonly ScriptedServer _mailServer = new()
    {
        Extensions = ["ENHANCEDSTATUSCODES", "SMTPUTF8"],
        Answers = { ["RCPT TO:"] = "451 4.7.1 Greylisted: please try again in five minutes, see https://mx.stories.example/why" },
    };
    private readonly Dictionary<string, Happenings> _happenings = [];

    public RunningPortal Portal { get; private set; } = null!;

    public Happenings In(string language) => _happenings[language];

    public async Task InitializeAsync()
    {
        // What has happened stays: nothing is closed, solved or found anew while the stories look.
        Portal = await RunningPortal.StartOwnAsync(stories.Server, new()
        {
            ["Jobs:Completion"] = Never,
            ["Jobs:LiveSweep"] = Never,
            ["Jobs:Preflight"] = Never,
            ["Join:GraceMinutes"] = "60",
            ["Mail:Transport"] = "Smtp",
            ["Mail:Smtp:Host"] = "127.0.0.1",
            ["Mail:Smtp:Port"] = $"{_mailServer.Port}",
            ["Mail:Smtp:Security"] = "None",
        });
        foreach (var language in (string[])["en", "ar"])
        {
            await using var scope = Portal.Services!.CreateAsyncScope();
            _happenings[language] = await HappenAsync(scope.ServiceProvider, Persons.Mentor(language), Persons.Mentee(language));
        }
        await using var later = Portal.Services!.CreateAsyncScope();
        await Journeys.UntilAsync(
            () => later.ServiceProvider.GetRequiredService<PortalDbContext>().MailAttempts.AnyAsync(), tried => tried, "a refused mail");
    }

    public async Task DisposeAsync()
    {
        await Portal.DisposeAsync();
        await _mailServer.DisposeAsync();
    }

    private static async Task<Happenings> HappenAsync(IServiceProvider services, DemoPerson mentor, DemoPerson mentee)
    {
        var db = services.GetRequiredService<PortalDbContext>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var (mentorId, menteeId) = (await IdAsync(db, mentor), await IdAsync(db, mentee));
        var asMentor = new Caller(mentorId, IsAdmin: false);

        var late = await db.Sessions.Where(s => s.MentorId == mentorId).OrderBy(s => s.StartUtc).Select(s => s.Id).FirstAsync();
        await services.GetRequiredService<ExtensionService>().ExtendAsync(late, 15, null, asMentor, default);
        var (mentorPart, menteePart) = await PartsAsync(db, late);
        await services.GetRequiredService<Lateness>().SayAsync(late, menteePart, 15, default);
        await db.Participants.Where(p => p.Id == menteePart).ExecuteUpdateAsync(u => u.SetProperty(p => p.ExpectedUtc, now.AddMinutes(40)));
        await CameAsync(db, late, mentorPart, now);

        var waiting = await BookAsync(services, mentorId, menteeId, days: 20, now.AddMinutes(-65), minutes: 120);
        await CameAsync(db, waiting, (await PartsAsync(db, waiting)).Mentor, now.AddMinutes(-66));
        var missed = await BookAsync(services, mentorId, menteeId, days: 21, now.AddMinutes(-70), minutes: 90);
        await CameAsync(db, missed, (await PartsAsync(db, missed)).Mentor, now.AddMinutes(-71));
        Assert.Equal(SessionOutcome.Done, await services.GetRequiredService<Attendance>()
            .RecordMissedAsync(missed, null, asMentor, default));

        var over = await BookAsync(services, mentorId, menteeId, days: 22, now.AddHours(-4), minutes: 60);
        await CloseAsync(db, over, now);
        var rated = await BookAsync(services, mentorId, menteeId, days: 23, now.AddHours(-6), minutes: 60);
        await CloseAsync(db, rated, now);
        await services.GetRequiredService<FeedbackService>()
            .GiveAsync(rated, 4, "Very clear.\nواضح جدًا.", new Caller(menteeId, IsAdmin: false), default);

        var trouble = await BookAsync(services, mentorId, menteeId, days: 24, now.AddHours(20), minutes: 60);
        await services.GetRequiredService<SessionRooms>().SwitchRoomAsync(trouble, "https://meet.example.org/room", asMentor, default);
        db.ChangeTracker.Clear();
        db.SessionTroubles.Add(new SessionTrouble
        {
            SessionId = trouble,
            Kind = TroubleKind.ServerUnreachable,
            FoundUtc = now.AddMinutes(-30),
            Detail = "manual: the request was canceled due to the configured HttpClient.Timeout of 10 seconds elapsing.",
        });
        await db.SaveChangesAsync();
        foreach (var (days, collides) in ((int, bool)[])[(25, false), (26, true)])
        {
            var moved = await BookAsync(services, mentorId, menteeId, days, now.AddDays(days), minutes: 60);
            db.ClockRuleChanges.Add(new ClockRuleChange
            {
                SessionId = moved,
                Version = "TZDB: 2026c (mapping: $Revision$)",
                OldStartUtc = now.AddDays(days),
                NewStartUtc = now.AddDays(days).AddHours(1),
                FoundUtc = now,
                Collides = collides,
            });
            await db.SaveChangesAsync();
        }
        db.SuppressedAddresses.Add(new SuppressedAddress
        {
            Address = $"somebody.with.a.long.name+{mentor.Language}@gone.example",
            SinceUtc = now.AddDays(-3),
            MailId = await db.Outbox.Where(m => m.SessionId == missed).Select(m => m.Id).FirstAsync(),
            Reason = "550 5.1.1 The email account that you tried to reach does not exist.",
        });
        await db.SaveChangesAsync();

        var reminders = services.GetRequiredService<ReminderChoices>();
        return new(late, waiting, missed, over, rated, trouble,
            await DoorAsync(services, db, mentorPart), await DoorAsync(services, db, menteePart),
            reminders.OffUrl(new OutboxMessage { UserId = menteeId }).AbsolutePath,
                reminders.OffUrl(new OutboxMessage { ParticipantId = menteePart }).AbsolutePath);
    }

    /// <summary>Booked for a free day, and then it is at another time: what keeps two sessions apart need not be convinced.</summary>
    private static async Task<Guid> BookAsync(
        IServiceProvider services, Guid mentorId, Guid menteeId, int days, DateTimeOffset start, int minutes)
    {
        var db = services.GetRequiredService<PortalDbContext>();
        db.ChangeTracker.Clear();
        var free = new DateTimeOffset(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(days)
            .AddHours(12);
        var topic = await db.Users.AnyAsync(u => u.Id == menteeId && u.Language == "ar") ? "مراجعة السيرة الذاتية" : "A look at the CV";
        var session = (await services.GetRequiredService<BookingService>()
            .BookAsync(new BookingRequest(mentorId, free, topic), menteeId, default)).Session!;
        var at = DateTimeOffset.FromUnixTimeSeconds(start.ToUnixTimeSeconds() / 300 * 300);
        await db.Sessions.Where(s => s.Id == session.Id)
            .ExecuteUpdateAsync(u => u.SetProperty(s => s.StartUtc, at).SetProperty(s => s.LengthMinutes, minutes)
                .SetProperty(s => s.TimeSetUtc, at.AddDays(-1)));
        db.ChangeTracker.Clear();
        return session.Id;
    }

    private static Task CloseAsync(PortalDbContext db, Guid session, DateTimeOffset now) => db.Sessions.Where(s => s.Id == session)
        .ExecuteUpdateAsync(u => u.SetProperty(s => s.State, SessionState.Completed).SetProperty(s => s.ClosedUtc, now));

    private static async Task CameAsync(PortalDbContext db, Guid session, Guid person, DateTimeOffset at)
    {
        db.MeetingEvents.Add(new MeetingEvent
        {
            SessionId = session,
            ParticipantId = person,
            Kind = MeetingEventKind.Joined,
            Decision = JoinDecision.Open,
            AtUtc = at
        });
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
    }

    private static async Task<(Guid Mentor, Guid Mentee)> PartsAsync(PortalDbContext db, Guid session)
    {
        var parts = await db.Participants.AsNoTracking().Where(p => p.SessionId == session).ToListAsync();
        return (parts.Single(p => p.Role == ParticipantRole.Mentor).Id, parts.Single(p => p.Role == ParticipantRole.Mentee).Id);
    }

    private static Task<Guid> IdAsync(PortalDbContext db, DemoPerson person) =>
        db.Users.Where(u => u.Email == person.Email).Select(u => u.Id).SingleAsync();

    private static async Task<string> DoorAsync(IServiceProvider services, PortalDbContext db, Guid part) =>
        (await services.GetRequiredService<JoinLinks>()
        .ForAsync(part, await db.Participants.Where(p => p.Id == part).Select(p => p.LinkVersion).SingleAsync(), default)).AbsolutePath;
}

/// <param name="Late">Runs, was extended; its mentee has said to be late.</param>
/// <param name="Waiting">Its mentor has waited long enough.</param>
/// <param name="Missed">Recorded as missed.</param>
/// <param name="Over">Nobody has said yet how it was.</param>
/// <param name="Rated">Somebody has.</param>
/// <param name="Trouble">People could not meet.</param>
/// <param name="MentorDoor">Of the one that runs.</param>
/// <param name="MenteeDoor">Likewise.</param>
/// <param name="RemindersOff">The link in a reminder of the mentee's.</param>
/// <param name="GuestRemindersOff">The same for a guest.</param>
public sealed record Happenings(
    Guid Late, Guid Waiting, Guid Missed, Guid Over, Guid Rated, Guid Trouble, string MentorDoor, string MenteeDoor, string RemindersOff,
    string GuestRemindersOff);
