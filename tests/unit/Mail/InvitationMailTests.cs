using Portal.Mail.Queue;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Portal.Sessions.Rooms;
using Tests.Calendar;
using Tests.Support;

namespace Tests.Mail;

/// <summary>What mails bring into calendars, read from the mails that really left by programs that we did not write.</summary>
[Trait("Clock", "moves")]
public sealed class InvitationMailTests : IAsyncLifetime
{
    private const string PlainShape = """{"multipart/alternative": ["text/plain", "text/html"]}""";
    private const string InvitationShape = """{"multipart/mixed": [{"multipart/alternative": ["text/plain", "text/html", "text/calendar"]}, "application/ics"]}""";

    private PortalApp _app = null!;
    private Scene _scene = null!;
    private HashSet<string> _seen = [];

    public async Task InitializeAsync()
    {
        _app = await PortalApp.StartAsync();
        _scene = new(_app);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    /// <summary>The mails that left since the last look, as others read them.</summary>
    private async Task<IReadOnlyList<ReadMail>> MailsAsync()
    {
        await _app.DispatchAsync();
        Assert.All(await _app.OutboxAsync(), m => Assert.True(m.State is OutboxState.Sent or OutboxState.Dropped, m.LastFailure));
        var files = _app.Files().Where(f => !_seen.Contains(f)).ToList();
        _seen = [.. _app.Files()];
        return files.Count == 0 ? [] : IndependentCalendar.Read(files);
    }

    private static Caller By(PortalUser user) => new(user.Id, IsAdmin: false);

    private async Task MoveAsync(Guid id, DateTimeOffset to, PortalUser by, bool following = false) =>
        Assert.Equal(SessionOutcome.Done,
            (await _app.InScopeAsync<MoveService, MoveResult>(m => m.MoveAsync(id, to, null, following, By(by), default))).Outcome);

    private async Task CancelAsync(Guid id, PortalUser by, bool following = false) =>
        Assert.Equal(SessionOutcome.Done,
            await _app.InScopeAsync<Cancellation, SessionOutcome>(s => s.CancelAsync(id, By(by), "ill", default, following)));

    private async Task<List<MentoringSession>> SeriesAsync(PortalUser mentor, PortalUser mentee, int count)
    {
        var result = await _app.InScopeAsync<SeriesService, SeriesResult>(
            s => s.BookAsync(new(mentor.Id, _scene.Slot, "Thesis"), 1, count, false, mentee.Id, default));
        Assert.Equal(BookingOutcome.Booked, result.Outcome);
        return await _app.InDatabaseAsync(async db => db.Sessions.Where(s => s.SeriesId == result.First!.SeriesId).OrderBy(s => s.StartUtc)
            .ToList());
    }

    [IcalendarFact]
    public async Task A_session_is_invited_to_moved_and_cancelled_under_one_uid_with_rising_sequence_and_one_invitation_each()
    {
        var mentor = await _scene.MentorAsync(zone: "Europe/London");
        var mentee = await _scene.PersonAsync("طالب العلي", "ar");
        var session = await _scene.BookedAsync(mentor, mentee);
        var history = new List<ReadMail>(await MailsAsync());
        await MoveAsync(session.Id, session.Start.AddHours(2), mentor);
        history.AddRange(await MailsAsync());
        await _app.InScopeAsync<SessionRooms, SessionOutcome>(s =>
            s.SwitchRoomAsync(session.Id, "https://meet.example/very-secret", By(mentor), default));
        history.AddRange(await MailsAsync());
        await _app.InScopeAsync<ExtensionService, ExtendResult>(e => e.ExtendAsync(session.Id, 15, null, By(mentor), default));
        history.AddRange(await MailsAsync());
        await CancelAsync(session.Id, mentee);
        history.AddRange(await MailsAsync());

        Assert.All(history, m => Assert.Equal(InvitationShape, m.Shape));
        Assert.All(history, m => Assert.Empty(m.Defects));
        Assert.All(history, m =>
            Assert.Equal((m.Calendar!.Method, "utf-8", "invite.ics", "attachment", true),
            (m.Method!, m.Charset, m.File, m.Disposition, m.SameTwice)));
        Assert.All(history, m => Assert.Equal([], m.Calendar!.ZoneDefects));
        Assert.All(history, m => Assert.Equal(["Europe/London"], m.Calendar!.Zones));
        Assert.All(history, m => Assert.DoesNotContain("very-secret", m.Whole));
        Assert.Equal([session.Id.ToString()], history.SelectMany(m => m.Calendar!.Events).Select(e => e.Uid).Distinct());
        // Whoever made a change has it in the own calendar as well.
        foreach (var person in new[] { mentor, mentee })
            Assert.Equal(["REQUEST 0", "REQUEST 1", "REQUEST 2", "REQUEST 3", "CANCEL 4"], Told(person));
        var moved = history.Last(m => m.To == mentee.Email && m.Method == "REQUEST").Calendar!.Events[0];
        Assert.Equal(($"{session.Start.AddHours(2):yyyy-MM-dd'T'HH:mm'Z'}",
            $"{session.Start.AddHours(3).AddMinutes(15):yyyy-MM-dd'T'HH:mm'Z'}"), (moved.Start, moved.End));
        Assert.Equal("Career talk: Samir Haddad", moved.Summary);
        Assert.Contains("الانضمام إلى الجلسة:\nhttp://portal.test/join/", moved.Description);
        var cancel = history.Last(m => m.To == mentee.Email).Calendar!.Events[0];
        Assert.Equal("CANCELLED", cancel.Status);
        Assert.Null(cancel.Location);
        Assert.DoesNotContain("/join/", history.Last(m => m.To == mentee.Email).Whole);

        IEnumerable<string> Told(PortalUser user) =>
            history.Where(m => m.To == user.Email).Select(m => $"{m.Method} {Assert.Single(m.Calendar!.Events).Sequence}");
    }

    [IcalendarFact]
    public async Task Everybody_gets_the_own_link_and_nobody_learns_a_link_or_an_address_of_another()
    {
        var session = await _scene.BookedAsync();
        var guest = (await _app.InScopeAsync<InvitationService, (SessionOutcome, Guid? Id)>(
            i => i.InviteAsync(session.Id, new("guardian@people.example", "Umm Maha", ParticipantRole.Observer), By(session.Mentee),
            default))).Id!.Value;
        var mails = await MailsAsync();
        Assert.Equal(3, mails.Count);
        var parts = new Dictionary<string, Guid>
        {
            [session.Mentor.Email!] = session.MentorPart,
            [session.Mentee.Email!] = session.MenteePart,
            ["guardian@people.example"] = guest
        };
        foreach (var mail in mails)
        {
            var told = Assert.Single(mail.Calendar!.Events);
            Assert.Equal("http://portal.test" + await _scene.LinkAsync(parts[mail.To]), told.Location);
            Assert.Equal(new ReadPerson("Samir Haddad", "mailto:no-reply@majlis.example"), told.Organizer);
            Assert.Equal($"mailto:{mail.To}", Assert.Single(told.Attendees).Address);
            foreach (var (address, part) in parts.Where(p => p.Key != mail.To))
            {
                Assert.DoesNotContain(address, mail.Whole);
                Assert.DoesNotContain(await _scene.LinkAsync(part), mail.Whole);
            }
        }
        var observer = mails.Single(m => m.To == "guardian@people.example").Calendar!.Events[0];
        Assert.Equal(("NON-PARTICIPANT", "NEEDS-ACTION"), (observer.Role, observer.Reply));
        // Who has no account cannot open the session's page.
        Assert.DoesNotContain("/sessions/", observer.Description);
    }

    [IcalendarFact]
    public async Task A_withdrawn_guest_alone_is_told_off_and_a_renewed_one_is_invited_again()
    {
        var session = await _scene.BookedAsync();
        var guest = (await _app.InScopeAsync<InvitationService, (SessionOutcome, Guid? Id)>(
            i => i.InviteAsync(session.Id, new("guest@people.example", "Guest", ParticipantRole.Guest), By(session.Mentor),
            default))).Id!.Value;
        var invited = (await MailsAsync()).Single(m => m.To == "guest@people.example").Calendar!;
        _app.Clock.Advance(TimeSpan.FromMinutes(20)); // the invitation is young no more
        await _app.InScopeAsync<PersonalLinks, SessionOutcome>(s => s.WithdrawLinkAsync(session.Id, guest, By(session.Mentor), default));
        var withdrawn = Assert.Single(await MailsAsync());
        await _app.InScopeAsync<PersonalLinks, SessionOutcome>(s => s.RenewLinkAsync(session.Id, guest, By(session.Mentor), default));
        var renewed = Assert.Single(await MailsAsync());
        Assert.Equal(["REQUEST", "CANCEL", "REQUEST"], [invited.Method, withdrawn.Method!, renewed.Method!]);
        ReadEvent[] events = [invited.Events[0], withdrawn.Calendar!.Events[0], renewed.Calendar!.Events[0]];
        Assert.Single(events.Select(e => e.Uid).Distinct());
        Assert.True(events[0].Sequence < events[1].Sequence && events[1].Sequence < events[2].Sequence);
        Assert.NotEqual(events[0].Location, events[2].Location);
        Assert.Null(events[1].Location);
    }

    [IcalendarFact]
    public async Task A_request_brings_no_invitation_before_its_yes_and_its_end_takes_none_back()
    {
        var mentor = await _scene.MentorAsync(profile: p => p.ConfirmsByHand = true);
        var (first, second) = (await _scene.BookedAsync(mentor), await _scene.BookedAsync(mentor, start: _scene.Slot.AddHours(2)));
        var third = await _scene.BookedAsync(mentor, start: _scene.Slot.AddHours(4));
        Assert.All(await MailsAsync(), m => Assert.Equal(PlainShape, m.Shape));
        await CancelAsync(first.Id, first.Mentee);
        await _app.InScopeAsync<RequestService, SessionOutcome>(r => r.DeclineAsync(second.Id, By(mentor), "away", default));
        Assert.All(await MailsAsync(), m => Assert.Equal(PlainShape, m.Shape));
        await _app.InScopeAsync<RequestService, SessionOutcome>(r => r.ApproveAsync(third.Id, By(mentor), default));
        var confirmed = await MailsAsync();
        Assert.Equal(2, confirmed.Count);
        Assert.All(confirmed, m => Assert.Equal(("REQUEST", "CONFIRMED"), (m.Method, m.Calendar!.Events[0].Status)));
    }

    [IcalendarFact]
    public async Task A_mail_that_comes_late_does_not_undo_what_happened_since()
    {
        var session = await _scene.BookedAsync();
        await CancelAsync(session.Id, session.Mentor);
        var mails = await MailsAsync();
        Assert.Equal(4, mails.Count);
        // The confirmations leave after the cancelling: they invite to nothing.
        Assert.Equal(["CANCEL", "CANCEL"], mails.Where(m => m.Method is not null).Select(m => m.Method));
    }

    [IcalendarFact]
    public async Task A_seat_given_back_leaves_the_calendar_and_the_waiting_list_never_was_in_it()
    {
        var mentor = await _scene.MentorAsync(profile: p => p.Kinds.Add(new() { Name = "Circle", Minutes = 60, Capacity = 1 + 1 }));
        var kind = await _app.InDatabaseAsync(async db => (await Task.FromResult(db.SessionKinds.Single(k => k.MentorId == mentor.Id))).Id);
        var people = new[] { await _scene.PersonAsync("A"), await _scene.PersonAsync("B"), await _scene.PersonAsync("C"),
            await _scene.PersonAsync("D") };
        Guid group = default;
        foreach (var person in people)
            group = (await _app.InScopeAsync<BookingService, BookingResult>(
                b => b.BookAsync(new(mentor.Id, _scene.Slot, "") { KindId = kind, OrWait = true }, person.Id, default))).Session!.Id;
        var booked = await MailsAsync();
        Assert.Equal(new[] { people[0].Email, people[1].Email, mentor.Email }.Order(),
            booked.Where(m => m.Method == "REQUEST").Select(m => m.To).Order());
        await CancelAsync(group, people[0]);
        var left = await MailsAsync();
        Assert.Equal([("CANCEL", people[0].Email!), ("REQUEST", people[2].Email!)],
            left.Where(m => m.Method is not null).Select(m => (m.Method!, m.To)).Order());
        await CancelAsync(group, mentor);
        var ended = await MailsAsync();
        Assert.Equal(new[] { people[1].Email, people[2].Email, mentor.Email }.Order(),
            ended.Where(m => m.Method == "CANCEL").Select(m => m.To).Order());
        Assert.Equal(PlainShape, ended.Single(m => m.To == people[3].Email).Shape);
    }

    [IcalendarFact]
    public async Task A_series_is_one_invitation_and_a_change_to_one_of_it_is_told_by_its_place()
    {
        // London's clocks go back between the first session and the last.
        _app.Clock.MoveTo(ClockChanges.Back("Europe/London").AddDays(-13));
        var mentor = await _scene.MentorAsync(zone: "Europe/London");
        var mentee = await _scene.PersonAsync();
        var series = await SeriesAsync(mentor, mentee, 4);
        var booked = await MailsAsync();
        Assert.Equal(2, booked.Count);
        var whole = booked.Single(m => m.To == mentee.Email).Calendar!;
        var uid = series[0].SeriesId.ToString();
        Assert.All(whole.Events, e => Assert.Equal(uid, e.Uid));
        Assert.Equal("FREQ=WEEKLY;COUNT=4;INTERVAL=1", Assert.Single(whole.Events, e => e.Rule is not null).Rule);
        Assert.Equal(series.Select(s => $"{s.StartUtc:yyyy-MM-dd'T'HH:mm'Z'}"),
            whole.Events.Where(e => e.Place is not null).Select(e => e.Start));
        Assert.Equal([12, 12, 13, 13], series.Select(s => s.StartUtc.Hour));
        Assert.Equal(4, whole.Events.Select(e => e.Location).OfType<string>().Distinct().Count());
        Assert.Equal([], whole.ZoneDefects);

        await MoveAsync(series[1].Id, series[1].StartUtc.AddHours(3), mentor);
        var moved = Assert.Single((await MailsAsync()).Single(m => m.To == mentee.Email).Calendar!.Events);
        Assert.Equal((uid, $"{series[1].StartUtc:yyyy-MM-dd'T'HH:mm'Z'}"), (moved.Uid, moved.Place));
        Assert.Equal($"{series[1].StartUtc.AddHours(3):yyyy-MM-dd'T'HH:mm'Z'}", moved.Start);

        await CancelAsync(series[2].Id, mentee);
        var cancelled = (await MailsAsync()).Single(m => m.To == mentee.Email);
        var one = Assert.Single(cancelled.Calendar!.Events);
        Assert.Equal(("CANCEL", "CANCELLED", $"{series[2].StartUtc:yyyy-MM-dd'T'HH:mm'Z'}"), (cancelled.Method!, one.Status, one.Place));

        await MoveAsync(series[0].Id, series[0].StartUtc.AddHours(1), mentor, following: true);
        var again = (await MailsAsync()).Single(m => m.To == mentee.Email).Calendar!;
        Assert.Equal([$"{series[2].StartUtc:yyyy-MM-dd'T'HH:mm'Z'}"], again.Events.Single(e => e.Rule is not null).Left);
        Assert.Equal(3, again.Events.Count(e => e.Place is not null));

        await CancelAsync(series[0].Id, mentor, following: true);
        var ended = (await MailsAsync()).Single(m => m.To == mentee.Email);
        var end = Assert.Single(ended.Calendar!.Events);
        Assert.Equal(("CANCEL", null), (ended.Method, end.Place));
        int[] sequence = [whole.Events[0].Sequence, moved.Sequence, one.Sequence, again.Events[0].Sequence, end.Sequence];
        Assert.Equal(sequence.Distinct().Order(), sequence);
    }

    [IcalendarFact]
    public async Task The_rest_of_a_series_leaves_the_calendar_date_by_date_while_one_stays()
    {
        var (mentor, mentee) = (await _scene.MentorAsync(), await _scene.PersonAsync());
        var series = await SeriesAsync(mentor, mentee, 3);
        await MailsAsync();
        await CancelAsync(series[1].Id, mentee, following: true);
        var ended = (await MailsAsync()).Single(m => m.To == mentor.Email);
        Assert.Equal("CANCEL", ended.Method);
        Assert.Equal(series.Skip(1).Select(s => $"{s.StartUtc:yyyy-MM-dd'T'HH:mm'Z'}"), ended.Calendar!.Events.Select(e => e.Place));
    }
}
