using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using NodaTime.TimeZones;
using Portal.Calendar;
using Portal.Data;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Tests.Support;

namespace Tests.Calendar;

/// <summary>Cairo decides to move its clock: what was agreed on by the wall clock stays there.</summary>
public sealed class ClockRulesTests
{
    private const string Cairo = "Africa/Cairo";

    /// <summary>The zones of today, until a test gives one of them another offset.</summary>
    private sealed class Zones : IDateTimeZoneProvider
    {
        public string VersionId { get; private set; } = DateTimeZoneProviders.Tzdb.VersionId;

        private int _hours;

        public void Move(string version, int hours) => (VersionId, _hours) = (version, hours);

        public System.Collections.ObjectModel.ReadOnlyCollection<string> Ids => DateTimeZoneProviders.Tzdb.Ids;

        public DateTimeZone GetSystemDefault() => DateTimeZone.Utc;

        public DateTimeZone? GetZoneOrNull(string id) =>
            id == Cairo && _hours != 0
                ? new Moved(DateTimeZoneProviders.Tzdb[id], Offset.FromHours(_hours)) : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);

        public DateTimeZone this[string id] => GetZoneOrNull(id) ?? throw new DateTimeZoneNotFoundException(id);
    }

    /// <summary>Another zone's rules, in winter and in summer that much ahead.</summary>
    private sealed class Moved(DateTimeZone zone, Offset by) : DateTimeZone(zone.Id, false, zone.MinOffset + by, zone.MaxOffset + by)
    {
        public override ZoneInterval GetZoneInterval(Instant instant)
        {
            var interval = zone.GetZoneInterval(instant);
            return new(interval.Name, interval.HasStart ? interval.Start : null, interval.HasEnd ? interval.End : null,
                interval.WallOffset + by, interval.Savings);
        }
    }

    private static async Task<(PortalApp App, Scene Scene, Zones Zones)> StartAsync()
    {
        var zones = new Zones();
        var app = await PortalApp.StartAsync(a => a.With(s => s.Replace(ServiceDescriptor.Singleton<IDateTimeZoneProvider>(zones))));
        return (app, new Scene(app), zones);
    }

    private static Task RunAsync(PortalApp app) => app.InScopeAsync<ClockRules>(r => r.RunAsync(default));

    private static Task<MentoringSession> ReadAsync(PortalApp app, Guid id) =>
        app.InDatabaseAsync(db => db.Sessions.AsNoTracking().SingleAsync(s => s.Id == id));

    private static Task<string> VersionAsync(PortalApp app) =>
        app.InDatabaseAsync(db => db.JobCheckpoints.Where(c => c.Name == ClockRules.Checkpoint).Select(c => c.Version!).SingleAsync());

    [Fact, Trait("Clock", "moves")]
    public async Task Sessions_keep_the_wall_clock_and_everyone_is_told()
    {
        var (app, scene, zones) = await StartAsync();
        await using var _ = app;
        Assert.Equal(zones.VersionId, await VersionAsync(app)); // noted at the start
        var session = await scene.BookedAsync(await scene.MentorAsync(zone: Cairo), await scene.PersonAsync(zone: "Europe/Berlin"));
        var elsewhere = await scene.BookedAsync();
        var before = await ReadAsync(app, session.Id);
        var untouched = await ReadAsync(app, elsewhere.Id);

        zones.Move("made up 1", 1);
        await Task.WhenAll(RunAsync(app), RunAsync(app)); // two portals start
        await RunAsync(app);

        var after = await ReadAsync(app, session.Id);
        Assert.Equal((session.Start.AddHours(-1), before.LocalStart, before.Sequence + 1),
            (after.StartUtc, after.LocalStart, after.Sequence));
        Assert.Equal((untouched.StartUtc, untouched.Sequence),
            ((await ReadAsync(app, elsewhere.Id)).StartUtc, (await ReadAsync(app, elsewhere.Id)).Sequence));
        var change = await app.InDatabaseAsync(db => db.ClockRuleChanges.AsNoTracking().SingleAsync());
        Assert.Equal((session.Id, "made up 1", session.Start, after.StartUtc, false),
            (change.SessionId, change.Version, change.OldStartUtc, change.NewStartUtc, change.Collides));
        Assert.Equal(2, (await scene.MailsAsync(session.Id)).Count(m => m.Kind == "ClockRulesChanged"));
        var ticks = await app.InDatabaseAsync(db => db.BusyTicks.Where(t => t.SessionId == session.Id && t.UserId == session.Mentor.Id)
            .Select(t => t.Tick).ToListAsync());
        Assert.Equal((BusyTick.At(after.StartUtc), 12), (ticks.Min(), ticks.Count));
        Assert.Equal("made up 1", await VersionAsync(app));

        var admin = await scene.BrowserAsync(await scene.AdminAsync());
        Assert.Contains($"/sessions/{session.Id}", await admin.GetStringAsync("/admin/clock-rules"));
        using var mentee = await (await scene.BrowserAsync(session.Mentee)).GetAsync("/admin/clock-rules");
        Assert.NotEqual(HttpStatusCode.OK, mentee.StatusCode);
        app.Clock.MoveTo(after.StartUtc);
        using var joined = await app.Visitor().PostAsync(await scene.LinkAsync(session.MenteePart), null);
        Assert.Equal(HttpStatusCode.SeeOther, joined.StatusCode);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Sessions_that_follow_each_other_make_room_for_each_other(int hours)
    {
        var (app, scene, zones) = await StartAsync();
        await using var _ = app;
        var mentor = await scene.MentorAsync(zone: Cairo);
        var all = new List<BookedScene>();
        for (var i = 0; i < 4; i++)
            all.Add(await scene.BookedAsync(mentor, start: scene.Slot.AddHours(i)));
        zones.Move("made up 1", hours);
        await RunAsync(app);
        foreach (var session in all)
            Assert.Equal(session.Start.AddHours(-hours), (await ReadAsync(app, session.Id)).StartUtc);
        Assert.Equal(4, await app.InDatabaseAsync(db => db.ClockRuleChanges.CountAsync(c => !c.Collides)));
    }

    [Fact, Trait("Clock", "moves")]
    public async Task Where_somebody_is_elsewhere_then_the_session_stays_and_people_are_told_to_choose()
    {
        var (app, scene, zones) = await StartAsync();
        await using var _ = app;
        var mentee = await scene.PersonAsync(zone: "Europe/Berlin");
        var session = await scene.BookedAsync(await scene.MentorAsync(zone: Cairo), mentee);
        await scene.BookedAsync(mentee: mentee, start: session.Start.AddHours(-1)); // with a mentor at UTC
        zones.Move("made up 1", 1);
        await RunAsync(app);
        await RunAsync(app);

        Assert.Equal(session.Start, (await ReadAsync(app, session.Id)).StartUtc);
        var change = await app.InDatabaseAsync(db => db.ClockRuleChanges.AsNoTracking().SingleAsync());
        Assert.True(change.Collides);
        var mails = (await scene.MailsAsync(session.Id)).Where(m => m.Kind == "ClockRulesChanged").ToList();
        Assert.Equal(2, mails.Count);
        Assert.All(mails, m => Assert.Contains("\"Collides\":true", m.Model));
        Assert.Equal("made up 1", await VersionAsync(app));
        // As after a crash before the version was noted: they are not told again.
        await app.InDatabaseAsync(db => db.JobCheckpoints.Where(c => c.Name == ClockRules.Checkpoint)
            .ExecuteUpdateAsync(u => u.SetProperty(c => c.Version, "old")));
        await RunAsync(app);
        Assert.Equal(2, (await scene.MailsAsync(session.Id)).Count(m => m.Kind == "ClockRulesChanged"));
    }

    [Fact]
    public async Task A_run_that_was_cut_off_is_finished_by_the_next_and_tells_nobody_twice()
    {
        var (app, scene, zones) = await StartAsync();
        await using var _ = app;
        var mentor = await scene.MentorAsync(zone: Cairo);
        var first = await scene.BookedAsync(mentor);
        var second = await scene.BookedAsync(mentor, start: scene.Slot.AddHours(5));
        zones.Move("made up 1", 1);
        await RunAsync(app);
        // As after a crash between the two: the second one and the version are as they were.
        await app.InDatabaseAsync(async db =>
        {
            await db.Sessions.Where(s => s.Id == second.Id)
                .ExecuteUpdateAsync(u => u.SetProperty(s => s.StartUtc, second.Start).SetProperty(s => s.Sequence, 0));
            await db.ClockRuleChanges.Where(c => c.SessionId == second.Id).ExecuteDeleteAsync();
            await db.Outbox.Where(m => m.SessionId == second.Id && m.Kind == "ClockRulesChanged").ExecuteDeleteAsync();
            await db.MeetingEnds.Where(e => e.Link.SessionId == second.Id).ExecuteDeleteAsync();
            await db.MeetingLinks.Where(l => l.SessionId == second.Id && l.RoomVersion > 1).ExecuteDeleteAsync();
            await db.Sessions.Where(s => s.Id == second.Id).ExecuteUpdateAsync(u => u.SetProperty(s => s.RoomVersion, 1));
            await db.JobCheckpoints.Where(c => c.Name == ClockRules.Checkpoint)
                .ExecuteUpdateAsync(u => u.SetProperty(c => c.Version, "old"));
        });
        await RunAsync(app);
        foreach (var session in new[] { first, second })
        {
            Assert.Equal(session.Start.AddHours(-1), (await ReadAsync(app, session.Id)).StartUtc);
            Assert.Equal(2, (await scene.MailsAsync(session.Id)).Count(m => m.Kind == "ClockRulesChanged"));
        }
        Assert.Equal("made up 1", await VersionAsync(app));
    }

    [Fact]
    public async Task A_version_is_noted_only_when_every_session_was_looked_at()
    {
        var (app, scene, zones) = await StartAsync();
        await using var _ = app;
        var mentor = await scene.MentorAsync(zone: Cairo);
        var sessions = new[] { await scene.BookedAsync(mentor), await scene.BookedAsync(mentor, start: scene.Slot.AddHours(5)) };
        var before = await VersionAsync(app);
        zones.Move("made up 1", 1);
        await app.InScopeAsync<IServiceProvider>(async services =>
        {
            using var stop = new CancellationTokenSource();
            services.GetRequiredService<PortalDbContext>().SavedChanges += (_, _) => stop.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => services.GetRequiredService<ClockRules>().RunAsync(stop.Token));
        });
        Assert.Equal((before, 1), (await VersionAsync(app), await app.InDatabaseAsync(db => db.ClockRuleChanges.CountAsync())));
        await RunAsync(app);
        foreach (var session in sessions)
            Assert.Equal(session.Start.AddHours(-1), (await ReadAsync(app, session.Id)).StartUtc);
    }

    [Fact]
    public async Task A_session_that_comes_nearer_by_new_zone_data_is_told_and_its_reminders_count_from_then()
    {
        var (app, scene, zones) = await StartAsync();
        await using var _ = app;
        var session = await scene.BookedAsync(await scene.MentorAsync(zone: Cairo));
        app.Clock.MoveTo(session.Start.AddMinutes(-90));
        zones.Move("made up 1", 1);
        await RunAsync(app);
        // It now begins in 30 minutes: the reminder of an hour before was due before anybody knew.
        Assert.Equal(app.Clock.GetUtcNow(), (await ReadAsync(app, session.Id)).TimeSetUtc);
    }

    [Fact, Trait("Clock", "moves")]
    public async Task A_request_lapses_at_its_new_start()
    {
        var (app, scene, zones) = await StartAsync();
        await using var _ = app;
        var asked = await scene.BookedAsync(await scene.MentorAsync(zone: Cairo, profile: m => m.ConfirmsByHand = true));
        zones.Move("made up 1", 1);
        await RunAsync(app);
        var after = await ReadAsync(app, asked.Id);
        Assert.Equal((asked.Start.AddHours(-1), asked.Start.AddHours(-1)), (after.StartUtc, after.ExpiresUtc));
    }

    [Fact, Trait("Clock", "moves")]
    public async Task An_hour_that_comes_twice_moves_nothing_and_an_older_portal_moves_nothing_back()
    {
        var (app, scene, zones) = await StartAsync();
        await using var _ = app;
        var session = await scene.BookedAsync(await scene.MentorAsync(zone: "Europe/Berlin"));
        // That night 02:30 comes twice in Berlin; the mentor meant the second.
        var second = ClockChanges.Back("Europe/Berlin").AddMinutes(30);
        await app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session.Id).ExecuteUpdateAsync(u => u
            .SetProperty(s => s.StartUtc, second).SetProperty(s => s.LocalStart, second.AddHours(1).DateTime)));
        zones.Move("TZDB: 2099b", 1);
        await RunAsync(app);
        Assert.Equal(0, await app.InDatabaseAsync(db => db.ClockRuleChanges.CountAsync()));
        zones.Move("TZDB: 2098c", 2);
        await RunAsync(app);
        Assert.Equal("TZDB: 2099b", await VersionAsync(app));
    }
}
