using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.Mail.Smtp;
using Portal.People;
using Portal.People.Mails;
using Portal.Sessions;
using Portal.Sessions.Mails;
using Tests.Support;

namespace Tests.Mail;

/// <summary>A session of a mentor and a mentee, and what the tests of the outbox do with it.</summary>
internal static class MailFixture
{
    public static async Task<Guid> AddSessionAsync(this PortalApp app)
    {
        var mentor = User("murshid", "Layla Hassan", "en", "Europe/Berlin");
        var mentee = User("talib", "طالب العلي", "ar", "Africa/Cairo");
        var session = new MentoringSession
        {
            Mentor = mentor,
            Topic = "Grant writing",
            State = SessionState.Confirmed,
            TimeZone = "Europe/Berlin",
            LengthMinutes = 60,
            Participants =
            [
                new() { Role = ParticipantRole.Mentor, User = mentor },
                new() { Role = ParticipantRole.Mentee, User = mentee },
            ],
        };
        var now = app.Clock.GetUtcNow();
        session.StartAt(new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1).AddHours(16), now);
        await app.InDatabaseAsync(db =>
        {
            db.AddRange(mentor, mentee, session);
            return db.SaveChangesAsync();
        });
        return session.Id;
    }

    public static Task<MentoringSession> SessionAsync(this PortalDbContext db, Guid id) =>
        db.Sessions.Include(s => s.Participants).ThenInclude(p => p.User).SingleAsync(s => s.Id == id);

    /// <summary>Queues the confirmation for everyone in the session, in the given unit of work.</summary>
    public static void QueueConfirmations(IServiceProvider services, MentoringSession session, int sequence = 0)
    {
        var outbox = services.GetRequiredService<Outbox>();
        foreach (var person in session.Participants)
            outbox.Add(new SessionConfirmed(SessionFacts.For(session, person)), person.ToRecipient(), $"{sequence}");
    }

    public static async Task ConfirmAsync(this PortalApp app, Guid sessionId, int sequence = 0)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        QueueConfirmations(scope.ServiceProvider, await db.SessionAsync(sessionId), sequence);
        await db.SaveChangesAsync();
    }

    /// <summary>Another portal's dispatcher on the same database.</summary>
    public static MailDispatcher DispatcherOver(this PortalApp app, IMailSender sender) => new(
        app.Services.GetRequiredService<IServiceScopeFactory>(), sender, app.Clock,
        app.Services.GetRequiredService<IOptions<MailOptions>>(),
        Options.Create(new SmtpOptions { Connections = 4 }), NullLogger<MailDispatcher>.Instance);

    /// <summary>A mail as it waits in the outbox.</summary>
    public static OutboxMessage Row(
        this PortalApp app, string key, string kind = nameof(AddressTaken), string model = "{}", string to = "x@demo.example") => new()
        {
            Key = key,
            Kind = kind,
            Model = model,
            ToAddress = to,
            ToName = "Somebody",
            CreatedUtc = app.Clock.GetUtcNow(),
            QueuedUtc = app.Clock.GetUtcNow(),
            DueUtc = app.Clock.GetUtcNow(),
        };

    public static Task QueueAsync(this PortalApp app, params OutboxMessage[] rows) => app.InDatabaseAsync(db =>
    {
        db.Outbox.AddRange(rows);
        return db.SaveChangesAsync();
    });

    public static Task<List<MailAttempt>> AttemptsAsync(this PortalApp app) =>
        app.InDatabaseAsync(db => db.MailAttempts.AsNoTracking().OrderBy(a => a.AtUtc).ThenBy(a => a.Id).ToListAsync());

    public static Task DispatchAsync(this PortalApp app) => app.Services.GetRequiredService<MailDispatcher>().RunAsync(default);

    public static Task<List<OutboxMessage>> OutboxAsync(this PortalApp app) =>
        app.InDatabaseAsync(db => db.Outbox.AsNoTracking().OrderBy(m => m.Key).ToListAsync());

    public static IReadOnlyList<string> Files(this PortalApp app) =>
        Directory.Exists(app.MailFolder) ? [.. Directory.EnumerateFiles(app.MailFolder).Order()] : [];

    /// <summary>The decoded text part of a mail in the pickup folder.</summary>
    public static string TextPart(string file)
    {
        var part = Regex.Match(File.ReadAllText(file), "text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n(.*?)\r\n--",
            RegexOptions.Singleline);
        return Encoding.UTF8.GetString(Convert.FromBase64String(part.Groups[1].Value));
    }

    private static PortalUser User(string name, string displayName, string language, string zone) => new()
    {
        Id = Guid.CreateVersion7(),
        UserName = $"{name}@people.example",
        NormalizedUserName = $"{name}@people.example".ToUpperInvariant(),
        Email = $"{name}@people.example",
        NormalizedEmail = $"{name}@people.example".ToUpperInvariant(),
        SecurityStamp = Guid.NewGuid().ToString(),
        DisplayName = displayName,
        Language = language,
        TimeZone = zone,
    };
}
