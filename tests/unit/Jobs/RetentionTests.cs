using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Jobs;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.People.SignIn;
using Portal.Sessions;
using Portal.Sessions.Live;
using Portal.Sessions.Rooms;
using Tests.Support;

namespace Tests.Jobs;

public sealed class RetentionTests
{
    private static async Task<BookedScene> FillAsync(PortalApp app)
    {
        var session = await new Scene(app).BookedAsync();
        var now = app.Clock.GetUtcNow();
        await app.InDatabaseAsync(async db =>
        {
            for (var i = 0; i < 2 * Retention.BatchSize + 1; i++)
                db.AuditEntries.Add(new AuditEntry { AtUtc = now.AddDays(-1096), Action = "old", Subject = "x" });
            db.AuditEntries.Add(new AuditEntry { AtUtc = now.AddDays(-1094), Action = "kept", Subject = "x" });
            foreach (var (name, state, days) in new[] { ("old", OutboxState.Sent, 181), ("failed", OutboxState.Failed, 181),
                ("kept", OutboxState.Sent, 179), ("waits", OutboxState.Waiting, 999), ("of-somebody", OutboxState.Sent, 1) })
            {
                var mail = new OutboxMessage
                {
                    Key = name,
                    Kind = "x",
                    Model = "{}",
                    ToAddress = "a@b.example",
                    State = state,
                    CreatedUtc = now.AddDays(-days),
                    DueUtc = now,
                    UserId = name == "of-somebody" ? session.Mentor.Id : null
                };
                db.Outbox.Add(mail);
                db.MailAttempts.Add(new MailAttempt { MailId = mail.Id, AtUtc = now, Recipient = "a@b.example", Text = name });
            }
            foreach (var (detail, found, solved) in new[] { ("old", 400, (int?)366), ("kept", 400, 364), ("open", 900, null) })
                db.SessionTroubles.Add(new SessionTrouble
                {
                    SessionId = session.Id,
                    Kind = detail == "old" ? TroubleKind.LinkMissing
                        : detail == "kept" ? TroubleKind.MeetingMissing : TroubleKind.ServerUnreachable,
                    Detail = detail,
                    FoundUtc = now.AddDays(-found),
                    SolvedUtc = solved is { } days ? now.AddDays(-days) : null,
                });
            foreach (var days in new[] { 31, 29 })
                db.SignedInDevices.Add(new SignedInDevice
                {
                    UserId = session.Mentor.Id,
                    Name = $"{days}",
                    CreatedUtc = now.AddDays(-99),
                    SeenUtc = now.AddDays(-days)
                });
            foreach (var (mark, made, used) in new[] { (1, 999, (int?)364), (2, 366, null), (3, 999, 366) })
                db.PushSubscriptions.Add(new()
                {
                    UserId = session.Mentor.Id,
                    Mark = [(byte)mark],
                    ProtectedAddress = "x",
                    CreatedUtc = now.AddDays(-made),
                    UsedUtc = used is { } u ? now.AddDays(-u) : null,
                });
            foreach (var days in new[] { 731, 729 })
                db.ChatLines.Add(new()
                {
                    SessionId = session.Id,
                    ParticipantId = session.MenteePart,
                    Text = $"{days}",
                    AtUtc = now.AddDays(-days),
                });
            // What happened long ago to a session that is still to come is kept with it.
            db.MeetingEvents.Add(new MeetingEvent { SessionId = session.Id, Kind = MeetingEventKind.Booked, AtUtc = now.AddDays(-731) });
            foreach (var days in new[] { 731, 729 })
                db.TroubleReports.Add(new()
                {
                    SessionId = session.Id,
                    ParticipantId = session.MenteePart,
                    AtUtc = now.AddDays(-days),
                    Words = $"{days}",
                });
            foreach (var (topic, state, days) in new[] { ("declined", SessionState.Declined, 366), ("expired", SessionState.Expired, 400),
                ("kept", SessionState.Declined, 364), ("held", SessionState.Completed, 900), ("newer", SessionState.Completed, 729) })
            {
                var old = new MentoringSession
                {
                    MentorId = session.Mentor.Id,
                    Topic = topic,
                    State = state,
                    TimeZone = "Etc/UTC",
                    LengthMinutes = 60
                };
                old.StartAt(now.AddDays(-days), now.AddDays(-days - 1));
                old.Participants.Add(new() { UserId = session.Mentor.Id });
                db.Sessions.Add(old);
                db.MeetingEvents.Add(new MeetingEvent { SessionId = old.Id, Kind = MeetingEventKind.Booked, AtUtc = old.StartUtc });
                foreach (var age in new[] { days, 10 })
                    db.SessionFiles.Add(new() { SessionId = old.Id, Name = $"{topic}-{age}", BlobKey = $"{Guid.NewGuid():N}", AddedUtc = now.AddDays(-age) });
            }
            await db.SaveChangesAsync();
        });
        return session;
    }

    private static Task<int> RunAsync(PortalApp app) => app.InScopeAsync<Retention, int>(r => r.RunAsync(default));

    [Fact]
    public async Task What_has_served_its_time_goes_and_the_rest_stays()
    {
        await using var app = await PortalApp.StartAsync();
        var session = await FillAsync(app);
        await RunAsync(app);
        Assert.Equal(["kept"], await app.InDatabaseAsync(db => db.AuditEntries.Where(a => a.Subject == "x").Select(a => a.Action)
            .ToListAsync()));
        Assert.Equal(["kept", "of-somebody", "waits"],
            await app.InDatabaseAsync(db => db.Outbox.Where(m => m.Kind == "x").OrderBy(m => m.Key).Select(m => m.Key).ToListAsync()));
        Assert.Equal(["kept", "of-somebody", "waits"],
            await app.InDatabaseAsync(db => db.MailAttempts.OrderBy(m => m.Text).Select(m => m.Text).ToListAsync()));
        Assert.Equal(["held", "kept", "newer"],
            await app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id != session.Id).OrderBy(s => s.Topic).Select(s => s.Topic)
            .ToListAsync()));
        Assert.Equal(["kept", "newer"], await app.InDatabaseAsync(db => db.MeetingEvents.Where(e => e.SessionId != session.Id)
            .Join(db.Sessions, e => e.SessionId, s => s.Id, (e, s) => s.Topic).Order().ToListAsync()));
        Assert.Equal(1, await app.InDatabaseAsync(db =>
            db.MeetingEvents.CountAsync(e => e.SessionId == session.Id && e.AtUtc < session.Start.AddDays(-700))));
        Assert.Equal(["kept", "open"], await app.InDatabaseAsync(db => db.SessionTroubles.Select(t => t.Detail).Order().ToListAsync()));
        Assert.Equal(["held-10", "kept-10", "kept-364", "newer-10", "newer-729"],
            await app.InDatabaseAsync(db => db.SessionFiles.Select(f => f.Name).Order().ToListAsync()));
        Assert.Equal(["729"], await app.InDatabaseAsync(db => db.TroubleReports.Select(r => r.Words).ToListAsync()));
        Assert.Equal(["29"], await app.InDatabaseAsync(db => db.SignedInDevices.Select(d => d.Name).ToListAsync()));
        Assert.Equal([1], (await app.InDatabaseAsync(db => db.PushSubscriptions.ToListAsync())).SelectMany(s => s.Mark));
        Assert.Equal(["729"], await app.InDatabaseAsync(db => db.ChatLines.Select(c => c.Text).ToListAsync()));
        Assert.Equal(0, await RunAsync(app));
    }

    [Theory]
    [InlineData("180", false)]
    [InlineData("0", true)]
    public async Task The_pickup_folder_ages_out_with_the_mails(string days, bool stays)
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Retention:MailDays", days));
        Directory.CreateDirectory(app.MailFolder);
        foreach (var (name, age) in new[] { ("20250101-120000-0a.eml", 181), ("20250701-120000-0b.eml", 179), ("note.txt", 999) })
        {
            var file = Path.Combine(app.MailFolder, name);
            await File.WriteAllTextAsync(file, "x");
            File.SetLastWriteTimeUtc(file, app.Clock.GetUtcNow().UtcDateTime.AddDays(-age));
        }
        await RunAsync(app);
        string[] kept = ["20250701-120000-0b.eml", "note.txt"];
        Assert.Equal(stays ? ["20250101-120000-0a.eml", .. kept] : kept, Directory.GetFiles(app.MailFolder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Zero_days_keep_for_ever()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Retention:MailDays", "0").With("Retention:MeetingEventDays", "0")
            .With("Retention:AuditDays", "0").With("Retention:RequestDays", "0").With("Retention:SolvedTroubleDays", "0")
            .With("Retention:PushDays", "0").With("Retention:FileDays", "0"));
        await FillAsync(app);
        Assert.Equal(0, await RunAsync(app));
    }
}
