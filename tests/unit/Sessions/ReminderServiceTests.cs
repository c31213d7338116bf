using Microsoft.EntityFrameworkCore;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Portal.Sessions.Mails;
using Portal.Sessions.Reminders;
using Tests.Mail;
using Tests.Support;

namespace Tests.Sessions;

public sealed class ReminderServiceTests : IAsyncLifetime
{
    private PortalApp _app = null!;
    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        _app = await PortalApp.StartAsync(a => a.BehindProxy());
        _scene = new(_app);
        await SweepAsync(); // the first one only begins
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    private Task<int> SweepAsync() => _app.InScopeAsync<ReminderService, int>(r => r.SweepAsync(default));

    private Task<int> SweepAtAsync(DateTimeOffset at)
    {
        _app.Clock.MoveTo(at);
        return SweepAsync();
    }

    private async Task<List<string>> RemindersAsync(Guid session) =>
        [.. (await _scene.MailsAsync(session)).Where(m => m.Kind == nameof(SessionReminder))
            .Select(m => $"{m.ToName} {m.Key.Split(':')[^1]}").Order()];

    [Fact]
    public async Task Each_person_is_reminded_at_each_of_the_three_times_and_once()
    {
        var session = await _scene.BookedAsync();
        var days = session.Start.AddMinutes(-1440) > _app.Clock.GetUtcNow();
        // Each minute around what is due, and now and then between.
        foreach (var before in Enumerable.Range(-5, 1451).Reverse().Where(m => m % 20 == 0 || m is < 20 or > 55 and < 65 or > 1435))
        {
            if (session.Start.AddMinutes(-before) is var at && at > _app.Clock.GetUtcNow())
                await SweepAtAsync(at);
        }
        Assert.True(days);
        Assert.Equal(["Maha Nassar 1440", "Maha Nassar 15", "Maha Nassar 60", "Samir Haddad 1440", "Samir Haddad 15", "Samir Haddad 60"],
            await RemindersAsync(session.Id));
    }

    [Fact, Trait("Clock", "moves")]
    public async Task A_time_that_somebody_chose_is_kept_though_it_can_be_chosen_no_more()
    {
        var session = await _scene.BookedAsync();
        await _app.InDatabaseAsync(db => db.Users.Where(u => u.Id == session.Mentee.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.Reminders, "47")));
        await SweepAtAsync(session.Start.AddMinutes(-48));
        await SweepAtAsync(session.Start.AddMinutes(-47));
        Assert.Contains("Maha Nassar 47", await RemindersAsync(session.Id));
    }

    [Fact, Trait("Clock", "moves")]
    public async Task After_an_outage_only_the_latest_one_is_sent_and_nothing_after_the_start()
    {
        var (late, over) = (await _scene.BookedAsync(), await _scene.BookedAsync(start: _scene.Slot.AddHours(-2)));
        Assert.Equal(2, await SweepAtAsync(late.Start.AddMinutes(-30)));
        Assert.Equal(["Maha Nassar 60", "Samir Haddad 60"], await RemindersAsync(late.Id));
        Assert.Empty(await RemindersAsync(over.Id));
    }

    [Fact, Trait("Clock", "moves")]
    public async Task Right_after_booking_there_is_no_burst()
    {
        _app.Clock.MoveTo(_scene.Slot.AddMinutes(-50));
        await SweepAsync();
        var session = await _scene.BookedAsync(start: _app.Clock.GetUtcNow().AddMinutes(50));
        Assert.Equal(0, await SweepAtAsync(session.Start.AddMinutes(-49)));
        Assert.Equal(2, await SweepAtAsync(session.Start.AddMinutes(-15)));
    }

    [Fact, Trait("Clock", "moves")]
    public async Task What_was_due_before_people_knew_of_the_time_is_not_made_up_for()
    {
        var start = _scene.Slot;
        await SweepAtAsync(start.AddMinutes(-180));
        var byHand = await _scene.MentorAsync(profile: m => m.ConfirmsByHand = true);
        var asked = await _scene.BookedAsync(byHand, start: start);
        var elsewhere = await _scene.BookedAsync(start: start.AddHours(5));
        // The portal stood still meanwhile, so that the next sweep covers the hour before.
        _app.Clock.MoveTo(start.AddMinutes(-50));
        var booked = await _scene.BookedAsync(start: start);
        Assert.Equal(SessionOutcome.Done, (await _app.InScopeAsync<MoveService, MoveResult>(m =>
            m.MoveAsync(elsewhere.Id, start, null, false, new(elsewhere.Mentor.Id, false), default))).Outcome);
        Assert.Equal(SessionOutcome.Done,
            await _app.InScopeAsync<RequestService, SessionOutcome>(r => r.ApproveAsync(asked.Id, new(byHand.Id, false), default)));
        Assert.Equal(0, await SweepAtAsync(start.AddMinutes(-49)));
        Assert.Equal(6, await SweepAtAsync(start.AddMinutes(-15)));
        Assert.Equal(["Maha Nassar 15", "Samir Haddad 15"], await RemindersAsync(booked.Id));
    }

    [Fact]
    public async Task Who_has_left_the_portal_is_not_reminded()
    {
        var session = await _scene.BookedAsync();
        await _app.InDatabaseAsync(db => db.Users.Where(u => u.Id == session.Mentee.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.DeletedUtc, _app.Clock.GetUtcNow())));
        Assert.Equal(1, await SweepAtAsync(session.Start.AddMinutes(-60)));
        Assert.Equal(["Samir Haddad 60"], await RemindersAsync(session.Id));
    }

    [Fact]
    public async Task A_move_moves_the_reminders_and_what_waits_for_the_old_time_is_dropped()
    {
        var session = await _scene.BookedAsync();
        await SweepAtAsync(session.Start.AddMinutes(-60));
        Assert.Equal(2, (await RemindersAsync(session.Id)).Count);
        var moved = await _app.InScopeAsync<MoveService, MoveResult>(m =>
            m.MoveAsync(session.Id, session.Start.AddHours(3), null, false, new(session.Mentor.Id, false), default));
        Assert.Equal(SessionOutcome.Done, moved.Outcome);
        await _app.InScopeAsync<MailDispatcher>(d => d.RunAsync(default));
        Assert.All((await _scene.MailsAsync(session.Id)).Where(m => m.Kind == nameof(SessionReminder)),
            m => Assert.Equal(OutboxState.Dropped, m.State));
        Assert.Equal(0, await SweepAtAsync(session.Start.AddMinutes(-15)));
        Assert.Equal(2, await SweepAtAsync(session.Start.AddMinutes(120)));
        Assert.Equal(2, await SweepAtAsync(session.Start.AddMinutes(165)));
    }

    [Fact]
    public async Task Who_is_out_is_not_reminded_and_a_reminder_that_waits_is_dropped_after_a_cancellation()
    {
        var (session, cancelled) = (await _scene.BookedAsync(), await _scene.BookedAsync());
        await _app.InScopeAsync<PersonalLinks>(s => s.WithdrawLinkAsync(session.Id, session.MenteePart, new(session.Mentor.Id, false),
            default));
        await SweepAtAsync(session.Start.AddMinutes(-60));
        Assert.Equal(["Samir Haddad 60"], await RemindersAsync(session.Id));
        await _app.InScopeAsync<Cancellation>(s => s.CancelAsync(cancelled.Id, new(cancelled.Mentor.Id, false), "ill", default));
        await _app.InScopeAsync<MailDispatcher>(d => d.RunAsync(default));
        Assert.Equal([OutboxState.Dropped, OutboxState.Dropped],
            (await _scene.MailsAsync(cancelled.Id)).Where(m => m.Kind == nameof(SessionReminder)).Select(m => m.State));
        Assert.Equal([OutboxState.Sent], (await _scene.MailsAsync(session.Id)).Where(m => m.Kind == nameof(SessionReminder))
            .Select(m => m.State));
        await SweepAtAsync(cancelled.Start.AddMinutes(-15));
        Assert.Equal(2, (await RemindersAsync(cancelled.Id)).Count);
    }

    [Fact]
    public async Task A_reminder_that_could_not_leave_before_the_start_is_dropped()
    {
        var session = await _scene.BookedAsync();
        await SweepAtAsync(session.Start.AddMinutes(-15));
        _app.Clock.MoveTo(session.Start);
        await _app.InScopeAsync<MailDispatcher>(d => d.RunAsync(default));
        Assert.All((await _scene.MailsAsync(session.Id)).Where(m => m.Kind == nameof(SessionReminder)),
            m => Assert.Equal(OutboxState.Dropped, m.State));
    }

    [Fact]
    public async Task Each_person_has_a_choice_and_none_is_one()
    {
        var session = await _scene.BookedAsync();
        await _app.InScopeAsync<ReminderChoices>(async c =>
        {
            Assert.True(await c.SaveAsync(session.Mentor.Id, [], default));
            Assert.True(await c.SaveAsync(session.Mentee.Id, [30, 2880], default));
            Assert.False(await c.SaveAsync(session.Mentee.Id, [17], default));
        });
        foreach (var before in new[] { 1440, 60, 30, 15, 5 })
            await SweepAtAsync(session.Start.AddMinutes(-before));
        Assert.Equal(["Maha Nassar 30"], await RemindersAsync(session.Id));
    }

    [Fact]
    public async Task A_reminder_can_be_ended_from_the_list_of_mails_and_no_other_mail()
    {
        var session = await _scene.BookedAsync();
        await SweepAtAsync(session.Start.AddMinutes(-60));
        await _app.InScopeAsync<MailDispatcher>(d => d.RunAsync(default));
        var heads = _app.Files().Select(f => File.ReadAllText(f).Split("\r\n\r\n")[0]).ToList();
        Assert.Equal((4, 2), (heads.Count, heads.Count(h => h.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"))));
        Assert.Equal(2, heads.Count(h => h.Contains("List-Unsubscribe:\r\n <http://portal.test/mail/reminders/")));
    }

    [Fact]
    public async Task Guests_are_reminded_as_the_installation_says_until_they_have_enough()
    {
        var session = await _scene.BookedAsync();
        await _app.InDatabaseAsync(async db =>
        {
            db.Participants.AddRange(
                new SessionParticipant
                {
                    SessionId = session.Id,
                    Role = ParticipantRole.Guest,
                    OwnName = "Guest",
                    OwnEmail = "guest@people.example",
                    OwnLanguage = "ar"
                },
                new SessionParticipant { SessionId = session.Id, Role = ParticipantRole.Observer, OwnName = "Nobody" },
                new SessionParticipant
                {
                    SessionId = session.Id,
                    Role = ParticipantRole.Mentee,
                    OwnName = "Waits",
                    OwnEmail = "waits@people.example",
                    WaitingSinceUtc = session.Start
                });
            await db.SaveChangesAsync();
        });
        await SweepAtAsync(session.Start.AddMinutes(-1440));
        Assert.Equal(["Guest 1440", "Maha Nassar 1440", "Samir Haddad 1440"], await RemindersAsync(session.Id));
        var guest = (await _scene.MailsAsync(session.Id)).Single(m => m.ToName == "Guest").ParticipantId!.Value;
        await _app.InScopeAsync<ReminderChoices>(c => c.SwitchOffAsync(new(guest, IsGuest: true), default));
        await _app.InScopeAsync<ReminderChoices>(c => c.SwitchOffAsync(new(guest, IsGuest: true), default));
        await SweepAtAsync(session.Start.AddMinutes(-60));
        Assert.Equal(5, (await RemindersAsync(session.Id)).Count);
        Assert.DoesNotContain("Guest 60", await RemindersAsync(session.Id));
    }

    [Fact]
    public async Task A_clock_that_was_set_back_doubles_nothing_and_one_that_was_far_ahead_does_not_silence_what_follows()
    {
        var session = await _scene.BookedAsync();
        await SweepAtAsync(session.Start.AddMinutes(-60));
        Assert.Equal(0, await SweepAtAsync(session.Start.AddMinutes(-70)));
        Assert.Equal(0, await SweepAtAsync(session.Start.AddMinutes(-59)));
        Assert.Equal(2, (await RemindersAsync(session.Id)).Count);

        await SweepAtAsync(session.Start.AddDays(400));
        Assert.Equal(0, await SweepAtAsync(session.Start.AddMinutes(-20)));
        Assert.Equal(2, await SweepAtAsync(session.Start.AddMinutes(-15)));
    }

    [Fact]
    public async Task A_sweep_that_dies_leaves_its_minute_to_the_next_one()
    {
        var session = await _scene.BookedAsync();
        _app.Clock.MoveTo(session.Start.AddMinutes(-60));
        _app.Proxy.CutAt("INSERT INTO outbox_messages", arrives: true);
        await Assert.ThrowsAnyAsync<Exception>(SweepAsync);
        Assert.Equal(1, _app.Proxy.Cuts);
        Assert.Empty(await RemindersAsync(session.Id));
        Assert.Equal(2, await SweepAsync());
    }

    [Fact]
    public async Task Many_portals_that_sweep_at_once_remind_each_of_two_thousand_people_once()
    {
        const int sessions = 1000;
        var (mentor, mentee) = (await _scene.MentorAsync(), await _scene.PersonAsync());
        var start = _scene.Slot;
        await _app.InDatabaseAsync(async db =>
        {
            for (var i = 0; i < sessions; i++)
            {
                var session = new MentoringSession
                {
                    MentorId = mentor.Id,
                    Topic = $"Topic {i}",
                    State = SessionState.Confirmed,
                    TimeZone = "Etc/UTC",
                    LengthMinutes = 60
                };
                session.StartAt(start, start.AddDays(-2));
                session.Participants.Add(new() { UserId = mentor.Id, Role = ParticipantRole.Mentor });
                session.Participants.Add(new() { UserId = mentee.Id, Role = ParticipantRole.Mentee });
                db.Sessions.Add(session);
            }
            await db.SaveChangesAsync();
        });
        _app.Clock.MoveTo(start.AddMinutes(-60));
        var queued = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(SweepAsync)));
        Assert.Equal(2 * sessions, queued.Sum());
        Assert.Equal(1, queued.Count(q => q > 0));
        var rows = await _app.InDatabaseAsync(db => db.Outbox.Where(m => m.Kind == nameof(SessionReminder)).Select(m => m.ParticipantId)
            .ToListAsync());
        Assert.Equal(2 * sessions, rows.Distinct().Count());
        Assert.Equal(2 * sessions, rows.Count);
    }

    /// <summary>The night in which clocks change lies between the reminder and the session.</summary>
    [Theory, Trait("Clock", "moves")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_day_before_is_24_hours_before_also_when_the_clocks_change_between(bool ahead)
    {
        const string zone = "Europe/Berlin";
        var mentor = await _scene.MentorAsync(zone: zone);
        var noon = (ahead ? ClockChanges.Ahead(zone) : ClockChanges.Back(zone)).AddHours(11);
        _app.Clock.MoveTo(noon.AddDays(-3));
        var session = await _scene.BookedAsync(mentor, start: noon);
        await SweepAsync();
        Assert.Equal(0, await SweepAtAsync(session.Start.AddMinutes(-1441)));
        Assert.Equal(2, await SweepAtAsync(session.Start.AddMinutes(-1440)));
        Assert.Equal(0, await SweepAtAsync(session.Start.AddMinutes(-1380)));
    }
}
