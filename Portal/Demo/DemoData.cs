using Localization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Mail.Queue;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;
using Portal.Sessions.Mails;

namespace Portal.Demo;

/// <summary>
/// People and sessions to try the portal with, in Development only. At every start there is a session that can be
/// joined now, one soon and one tomorrow, in both languages, each with its mails in the pickup folder.
/// </summary>
public sealed class DemoData(
    PortalDbContext db, UserManager<PortalUser> users, MentorCalendar calendar, BookingService booking, TimeProvider clock)
{
    public const string Password = "Demo-pass-1!";

    /// <summary>Their ids are known as well, so that they are found again whatever became of their addresses.</summary>
    public static readonly DemoPerson[] People =
    [
        new(Id(1), "admin@demo.example", "Dana Whitfield", Languages.English, "Europe/London", Roles.Admin),
        new(Id(2), "mentor@demo.example", "Dr. Maya Thompson", Languages.English, "Europe/London", Roles.Mentor),
        new(Id(3), "murshid@demo.example", "د. رنا الدمشقي", Languages.Arabic, "Asia/Damascus", Roles.Mentor),
        new(Id(4), "mentee@demo.example", "Sam Taylor", Languages.English, "America/New_York", null),
        new(Id(5), "talib@demo.example", "عبد الله المصري", Languages.Arabic, "Africa/Cairo", null),
    ];

    private static readonly Dictionary<string, DemoProfile> Profiles = new()
    {
        ["mentor@demo.example"] = new(
            "Helps with first jobs, and with what to say in an interview",
            "Twelve years in product teams, four of them leading one. Bring a question, a CV or a conversation that you would like to try out first.",
            ["Careers", "Interviews", "Writing"], [Languages.English], "CV evening"),
        ["murshid@demo.example"] = new(
            "إرشاد في الدراسة الجامعية واختيار التخصص",
            "خبرة عشر سنوات في التدريس الجامعي. ترحيب بالأسئلة عن خطط الدراسة والمنح والبحث العلمي.",
            ["الدراسة الجامعية", "المنح", "البحث العلمي"], [Languages.Arabic, Languages.English], "حلقة المنح الدراسية"),
    };

    private static readonly (string Mentor, string Mentee, string Topic)[] Pairs =
    [
        ("mentor@demo.example", "mentee@demo.example", "First steps in a new job"),
        ("murshid@demo.example", "talib@demo.example", "خطة الدراسة للفصل القادم"),
    ];

    /// <summary>False, and nothing is made, where others have accounts and none of these people has one.</summary>
    public async Task<bool> EnsureAsync(CancellationToken cancellationToken = default)
    {
        if (!await DemoEnd.Of(db).AnyAsync(cancellationToken) && await db.Users.AnyAsync(u => u.DeletedUtc == null, cancellationToken))
            return false;
        foreach (var person in People)
            await EnsurePersonAsync(person, cancellationToken);
        foreach (var (mentor, mentee, topic) in Pairs)
        {
            var now = clock.GetUtcNow();
            var ids = (Mentor: (await users.FindByEmailAsync(mentor))!.Id, Mentee: (await users.FindByEmailAsync(mentee))!.Id);
            await EnsureSessionAsync(ids, topic, now, now.AddMinutes(-60), now.AddMinutes(14), cancellationToken);
            await EnsureSessionAsync(ids, topic, now.AddMinutes(45), now.AddMinutes(15), now.AddHours(3), cancellationToken);
            await EnsureSessionAsync(ids, topic, now.AddHours(24), now.AddHours(20), now.AddHours(30), cancellationToken);
        }
        return true;
    }

    private static Guid Id(int number) => new($"d3300000-0000-8000-8000-00000000000{number}");

    private async Task EnsurePersonAsync(DemoPerson person, CancellationToken cancellationToken)
    {
        var user = await users.FindByEmailAsync(person.Email);
        if (user is null)
        {
            // One that was ended outside of Development keeps its id.
            var isFree = !await db.Users.AnyAsync(u => u.Id == person.Id, cancellationToken);
            user = new PortalUser
            {
                Id = isFree ? person.Id : Guid.CreateVersion7(),
                UserName = person.Email,
                Email = person.Email,
                EmailConfirmed = true,
                DisplayName = person.Name,
                Language = person.Language,
                TimeZone = person.TimeZone,
                CreatedUtc = clock.GetUtcNow(),
            };
            Check(await users.CreateAsync(user, Password));
        }
        if (person.Role is { } role && !await users.IsInRoleAsync(user, role))
            Check(await users.AddToRoleAsync(user, role));
        if (person.Role == Roles.Mentor && !await db.MentorProfiles.AnyAsync(m => m.UserId == user.Id, cancellationToken))
        {
            var shown = Profiles[person.Email];
            db.MentorProfiles.Add(new MentorProfile
            {
                UserId = user.Id,
                Headline = shown.Headline,
                About = shown.About,
                Topics = [.. shown.Topics],
                Languages = [.. shown.Languages],
                Kinds = [new SessionKind { Name = shown.Group, Minutes = 90, Capacity = 6 }],
                SessionMinutes = 30,
                NoticeMinutes = 30,
                Hours = [.. Enum.GetValues<DayOfWeek>()
                    .Select(day => new WeeklyHours { Day = day, FromMinute = 8 * 60, ToMinute = 20 * 60 })],
            });
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>
    /// One that runs and starts in (after, before]; when there is none, a new one at the first free time from a given one.
    /// </summary>
    private async Task EnsureSessionAsync(
        (Guid Mentor, Guid Mentee) pair, string topic, DateTimeOffset from, DateTimeOffset after, DateTimeOffset before,
        CancellationToken cancellationToken)
    {
        var soonest = clock.GetUtcNow().AddMinutes(5);
        var existing = await db.Sessions.FirstOrDefaultAsync(s =>
            s.MentorId == pair.Mentor && s.State == SessionState.Confirmed && s.StartUtc > after && s.StartUtc <= before
            && s.StartUtc.AddMinutes(s.LengthMinutes) > soonest && s.Participants.Any(p => p.UserId == pair.Mentee), cancellationToken);
        if (existing is not null)
        {
            // Its mails again, should the folder have been emptied; a mail has one file name, so nothing is doubled.
            await db.Outbox.Where(m => m.SessionId == existing.Id && m.Kind == nameof(SessionConfirmed)).ExecuteUpdateAsync(
                u => u.SetProperty(m => m.State, OutboxState.Waiting).SetProperty(m => m.ClaimedUntilUtc, (DateTimeOffset?)null),
                cancellationToken);
            return;
        }
        var mentor = (await calendar.FindAsync(pair.Mentor, cancellationToken))!;
        var start = await FirstFreeAsync(mentor, pair.Mentee, from, cancellationToken);
        var mentee = await db.Users.SingleAsync(u => u.Id == pair.Mentee, cancellationToken);
        var slot = new Slot(start, start.AddMinutes(mentor.SessionMinutes));
        await booking.MakeAsync(mentor, mentee, null, slot, new BookingRequest(pair.Mentor, start, topic), cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    private async Task<DateTimeOffset> FirstFreeAsync(
        MentorProfile mentor, Guid mentee, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var tick = BusyTick.At(from);
        var needed = (mentor.SessionMinutes + mentor.BufferMinutes) / BusyTick.Minutes;
        var busy = await db.BusyTicks.Where(t => (t.UserId == mentor.UserId || t.UserId == mentee) && t.Tick >= tick).Select(t => t.Tick)
            .ToHashSetAsync(cancellationToken);
        while (Enumerable.Range(0, needed).Any(i => busy.Contains(tick + i)))
            tick++;
        return DateTimeOffset.FromUnixTimeSeconds(tick * BusyTick.Minutes * 60);
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new StartupException("The demo people could not be made: " + string.Join(" ", result.Errors.Select(e => e.Description)));
    }
}

public sealed record DemoPerson(Guid Id, string Email, string Name, string Language, string TimeZone, string? Role);

public sealed record DemoProfile(string Headline, string About, string[] Topics, string[] Languages, string Group);
