using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Mail.Queue;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;
using Portal.Sessions.Live;
using Portal.Sessions.Rooms;
using Portal.Tickets;

namespace Tests.Support;

/// <summary>People and sessions in a test's portal, made as the portal itself makes them.</summary>
public sealed class Scene(PortalApp app)
{
    public const string Password = "Test-pass-1!";

    private static int _count;

    /// <summary>Tomorrow at noon: a slot of every mentor made here.</summary>
    public DateTimeOffset Slot => new DateTimeOffset(app.Clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(1).AddHours(12);

    public async Task<PortalUser> PersonAsync(
        string name = "Maha Nassar", string language = "en", string zone = "Africa/Cairo", params string[] roles)
    {
        var email = $"person{Interlocked.Increment(ref _count)}@people.example";
        return await app.InScopeAsync<UserManager<PortalUser>, PortalUser>(async users =>
        {
            var user = new PortalUser
            {
                UserName = email,
                Email = email,
                EmailConfirmed = true,
                DisplayName = name,
                Language = language,
                TimeZone = zone,
                CreatedUtc = app.Clock.GetUtcNow(),
            };
            Check(await users.CreateAsync(user, Password));
            foreach (var role in roles)
                Check(await users.AddToRoleAsync(user, role));
            return user;
        });
    }

    /// <summary>A mentor at UTC who can be booked on the hour, around the clock.</summary>
    public async Task<PortalUser> MentorAsync(string name = "Samir Haddad", Action<MentorProfile>? profile = null, string zone = "Etc/UTC")
    {
        var user = await PersonAsync(name, zone: zone, roles: Roles.Mentor);
        var everyDay = Enum.GetValues<DayOfWeek>().Select(day => new WeeklyHours { Day = day, FromMinute = 0, ToMinute = 1440 });
        var mentor = new MentorProfile { UserId = user.Id, NoticeMinutes = 0, Hours = [.. everyDay] };
        profile?.Invoke(mentor);
        await app.InDatabaseAsync(async db =>
        {
            db.MentorProfiles.Add(mentor);
            await db.SaveChangesAsync();
        });
        return user;
    }

    public Task<PortalUser> AdminAsync() => PersonAsync("Admin", roles: Roles.Admin);

    /// <summary>A confirmed session of a mentor and a mentee, booked through the service.</summary>
    public async Task<BookedScene> BookedAsync(
        PortalUser? mentor = null, PortalUser? mentee = null, DateTimeOffset? start = null, string topic = "Career talk",
        Action<MentorProfile>? profile = null)
    {
        mentor ??= await MentorAsync(profile: profile);
        mentee ??= await PersonAsync();
        var result = await app.InScopeAsync<BookingService, BookingResult>(b =>
            b.BookAsync(new BookingRequest(mentor.Id, start ?? Slot, topic), mentee.Id, default));
        Assert.Equal(BookingOutcome.Booked, result.Outcome);
        var session = result.Session!;
        Guid Part(ParticipantRole role) => session.Participants.Single(p => p.Role == role).Id;
        return new(session.Id, session.StartUtc, session.EndUtc, mentor, mentee, Part(ParticipantRole.Mentor),
            Part(ParticipantRole.Mentee));
    }

    /// <summary>The path of a person's join link as it is now.</summary>
    public async Task<string> LinkAsync(Guid participantId)
    {
        var version = await app.InDatabaseAsync(db => db.Participants.Where(p => p.Id == participantId).Select(p => p.LinkVersion)
            .SingleAsync());
        return (await app.InScopeAsync<JoinLinks, Uri>(links => links.ForAsync(participantId, version, default))).AbsolutePath;
    }

    /// <summary>A program that signed in for a person.</summary>
    public Task<HttpClient> ProgramAsync(PortalUser user) => ProgramOfAsync(user, Password);

    /// <summary>Likewise, for somebody with a password of their own.</summary>
    public async Task<HttpClient> ProgramOfAsync(PortalUser user, string password)
    {
        var client = app.Visitor();
        client.DefaultRequestHeaders.Authorization = new("Bearer", await TokenAsync(client, user, password));
        return client;
    }

    /// <summary>A program with an API key of its own.</summary>
    public async Task<(HttpClient Client, ApiKey Stored)> KeyHolderAsync(string name = "calendar")
    {
        var (stored, key) = ApiKeyAuthentication.Make(name, app.Clock.GetUtcNow());
        await app.InDatabaseAsync(async db =>
        {
            db.ApiKeys.Add(stored);
            await db.SaveChangesAsync();
        });
        var client = app.Visitor();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return (client, stored);
    }

    /// <summary>A browser that signed in through the form.</summary>
    public async Task<HttpClient> BrowserAsync(PortalUser user)
    {
        var browser = app.Visitor();
        using var answer = await Forms.PostAsync(browser, "/account/sign-in", new() { ["Email"] = user.Email!, ["Password"] = Password });
        Assert.True((int)answer.StatusCode is 302 or 303, $"The sign-in answered {(int)answer.StatusCode}.");
        return browser;
    }

    public Task<List<MeetingEvent>> EventsAsync(Guid sessionId) =>
        app.InDatabaseAsync(db => db.MeetingEvents.AsNoTracking().Where(e => e.SessionId == sessionId).OrderBy(e => e.AtUtc).ToListAsync());

    public Task<List<OutboxMessage>> MailsAsync(Guid sessionId) =>
        app.InDatabaseAsync(db => db.Outbox.AsNoTracking().Where(m => m.SessionId == sessionId).OrderBy(m => m.Key).ToListAsync());

    /// <summary>What a provider or a job would have left behind.</summary>
    public Task ChangeLinkAsync(Guid sessionId, Action<MeetingLink> change) => app.InDatabaseAsync(async db =>
    {
        change(await db.MeetingLinks.OrderByDescending(l => l.RoomVersion).FirstAsync(l => l.SessionId == sessionId));
        await db.SaveChangesAsync();
    });

    /// <summary>To a minute around the session's start.</summary>
    public void GoTo(BookedScene session, int minutesAfterStart = 0) => app.Clock.MoveTo(session.Start.AddMinutes(minutesAfterStart));

    private static async Task<string> TokenAsync(HttpClient client, PortalUser user, string password)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/sign-in", new { email = user.Email, password });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
    }

    private static void Check(IdentityResult result) =>
        Assert.True(result.Succeeded, string.Join(", ", result.Errors.Select(e => e.Description)));
}

/// <summary>A session that a scene booked.</summary>
public sealed record BookedScene(
    Guid Id, DateTimeOffset Start, DateTimeOffset End, PortalUser Mentor, PortalUser Mentee, Guid MentorPart, Guid MenteePart);
