using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;
using Portal.Pages.Admin.Trail;
using Portal.People;
using Portal.People.Accounts;
using Portal.Sessions;
using Portal.Sessions.Mails;
using Tests.Support;

namespace Tests.Sessions;

/// <summary>People who answer for a child's account, and what they do for it.</summary>
public sealed class GuardianTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private sealed record Family(PortalUser Child, PortalUser Guardian, Guid Id);

    private Task<GuardianOutcome> RunAsync(Func<Guardians, Task<GuardianOutcome>> run) => app.InScopeAsync(run);

    private async Task<Family> FamilyAsync(PortalUser? child = null, string language = "en")
    {
        child ??= await _scene.PersonAsync("Nour Adel");
        var guardian = await _scene.PersonAsync("Huda Salem", language);
        return new(child, guardian, await JoinAsync(child, guardian));
    }

    private async Task<Guid> JoinAsync(PortalUser child, PortalUser guardian)
    {
        Assert.Equal(GuardianOutcome.Done,
            await RunAsync(g => g.EstablishAsync(new(null, IsAdmin: true), child.Id, guardian.Email, default)));
        return await app.InDatabaseAsync(db => db.Guardianships.Where(g => g.ChildId == child.Id && g.GuardianId == guardian.Id)
            .Select(g => g.Id).SingleAsync());
    }

    private async Task<HttpResponseMessage> BookAsync(PortalUser by, PortalUser mentor, object more, DateTimeOffset? start = null)
    {
        var fields = JsonSerializer.SerializeToNode(more)!.AsObject();
        (fields["mentorId"], fields["start"], fields["topic"]) = (mentor.Id, start ?? _scene.Slot, "Reading");
        return await (await _scene.ProgramAsync(by)).PostAsJsonAsync("/api/v1/sessions", fields);
    }

    private Task<List<string>> AuditAsync(string subject, Guid? actor) => app.InDatabaseAsync(db =>
        db.AuditEntries.Where(a => a.Subject == subject && a.ActorId == actor && !a.Action.StartsWith("sign-in"))
            .OrderBy(a => a.AtUtc).ThenBy(a => a.Id).Select(a => a.Action).ToListAsync());

    private Task<List<string>> NewsAsync(PortalUser to) => app.InDatabaseAsync(db =>
        db.Outbox.Where(m => m.Kind == "GuardianNews" && m.ToAddress == to.Email)
            .OrderBy(m => m.CreatedUtc).Select(m => m.Model).ToListAsync());

    [Theory]
    [InlineData("en", "Guardians", "Requests for you"), InlineData("ar", "أولياء الأمور", "طلبات بانتظار ردك")]
    public async Task A_child_asks_an_address_and_who_has_it_becomes_the_guardian(string language, string title, string waiting)
    {
        var (child, guardian) = (await _scene.PersonAsync("Nour Adel", language), await _scene.PersonAsync("Huda Salem", language));
        const string page = "/account/guardians";
        var (asks, accepts) = (await _scene.BrowserAsync(child), await _scene.BrowserAsync(guardian));
        Assert.Contains(title, WebUtility.HtmlDecode(await asks.GetStringAsync(page)));
        using var wrong = await Forms.PostAsync(asks, page, new() { ["Email"] = "nobody" }, page + "?handler=Ask");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        foreach (var email in new[] { guardian.Email!, guardian.Email!.ToUpperInvariant() })
        {
            using var asked = await Forms.PostAsync(asks, page, new() { ["Email"] = email }, page + "?handler=Ask");
            Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        }
        Assert.Single(await NewsAsync(guardian), m => m.Contains("Asked"));
        var seen = WebUtility.HtmlDecode(await accepts.GetStringAsync(page));
        Assert.Contains(waiting, seen);
        Assert.Contains("Nour Adel", seen);
        var request = await app.InDatabaseAsync(db => db.Guardianships.SingleAsync(g => g.ChildId == child.Id));
        using var accepted = await Forms.PostAsync(accepts, page, new() { ["id"] = $"{request.Id}" }, page + "?handler=Accept");
        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        Assert.Contains("Huda Salem", await asks.GetStringAsync(page));
        Assert.Contains("Nour Adel", await accepts.GetStringAsync(page));
        Assert.Equal(["guardian.ask"], await AuditAsync($"person:{child.Id}", child.Id));
        Assert.Equal(["guardian.begin"], await AuditAsync($"person:{child.Id}", guardian.Id));
        Assert.Contains(await NewsAsync(child), m => m.Contains("Began"));
        Assert.Contains(await NewsAsync(guardian), m => m.Contains("Began"));
    }

    private async Task<HttpClient> ProvenAsync(PortalUser user)
    {
        var program = await _scene.ProgramAsync(user);
        using var proven = await program.PostAsJsonAsync("/api/v1/account/proof", new { password = Scene.Password });
        Assert.Equal(HttpStatusCode.NoContent, proven.StatusCode);
        return program;
    }

    [Fact]
    public async Task A_stranger_cannot_accept_and_a_child_can_take_back_a_request_but_not_dismiss_its_guardian()
    {
        var (child, guardian, stranger) = (await _scene.PersonAsync(), await _scene.PersonAsync(), await _scene.PersonAsync());
        Assert.Equal(GuardianOutcome.Done, await RunAsync(g => g.AskAsync(child.Id, guardian.Email!, default)));
        var id = await app.InDatabaseAsync(db => db.Guardianships.Where(g => g.ChildId == child.Id).Select(g => g.Id).SingleAsync());
        using var unproven = await (await _scene.ProgramAsync(guardian)).PostAsync($"/api/v1/account/guardians/{id}/accept", null);
        await unproven.ProblemAsync(401);
        var (asNobody, asChild, asGuardian) =
            (await ProvenAsync(stranger), await _scene.ProgramAsync(child), await ProvenAsync(guardian));
        using var notTheirs = await asNobody.PostAsync($"/api/v1/account/guardians/{id}/accept", null);
        using var notTheirEnd = await asNobody.DeleteAsync($"/api/v1/account/guardians/{id}");
        await notTheirs.ProblemAsync(403);
        await notTheirEnd.ProblemAsync(403);
        using var back = await asChild.DeleteAsync($"/api/v1/account/guardians/{id}");
        using var late = await asGuardian.PostAsync($"/api/v1/account/guardians/{id}/accept", null);
        Assert.Equal(HttpStatusCode.NoContent, back.StatusCode);
        await late.ProblemAsync(410);

        id = await JoinAsync(child, guardian);
        using var dismissed = await asChild.DeleteAsync($"/api/v1/account/guardians/{id}");
        await dismissed.ProblemAsync(403);
        Assert.Equal(child.Id, (await (await asGuardian.GetAsync("/api/v1/account/children")).JsonAsync(HttpStatusCode.OK))[0]
            .GetProperty("id").GetGuid());
        using var ended = await asGuardian.DeleteAsync($"/api/v1/account/guardians/{id}");
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        Assert.Contains("guardian.end", await AuditAsync($"person:{child.Id}", guardian.Id));
        Assert.Contains(await NewsAsync(child), m => m.Contains("Ended"));
        using var refused = await BookAsync(guardian, await _scene.MentorAsync(), new { childId = child.Id });
        await refused.ProblemAsync(403);
    }

    [Fact]
    public async Task Nobody_guards_themselves_or_in_a_chain_or_in_a_circle()
    {
        var (one, two) = (await _scene.PersonAsync(), await _scene.PersonAsync());
        Assert.Equal(GuardianOutcome.Oneself, await RunAsync(g => g.AskAsync(one.Id, one.Email!, default)));
        foreach (var (child, guardian) in new[] { (one, two), (two, one) })
            Assert.Equal(GuardianOutcome.Done, await RunAsync(g => g.AskAsync(child.Id, guardian.Email!, default)));
        var requests = await app.InDatabaseAsync(db =>
            db.Guardianships.Where(g => g.ChildId == one.Id || g.ChildId == two.Id).ToListAsync());
        var circle = await Task.WhenAll(requests.Select(r =>
            RunAsync(g => g.AcceptAsync(r.ChildId == one.Id ? two.Id : one.Id, r.Id, default))));
        Assert.Equal([GuardianOutcome.Done, GuardianOutcome.Chain], circle.Order());
        var family = await FamilyAsync();
        Assert.Equal(GuardianOutcome.Chain, await RunAsync(g => g.AskAsync(family.Guardian.Id, one.Email!, default)));
        Assert.Equal(GuardianOutcome.Chain,
            await RunAsync(g => g.EstablishAsync(new(null, true), one.Id == two.Id ? one.Id : family.Guardian.Id, two.Email, default)));
        await Assert.ThrowsAsync<DbUpdateException>(() => app.InDatabaseAsync(async db =>
        {
            db.Guardianships.Add(new() { ChildId = one.Id, GuardianId = one.Id, SinceUtc = app.Clock.GetUtcNow() });
            await db.SaveChangesAsync();
        }));
        await Assert.ThrowsAsync<DbUpdateException>(() => app.InDatabaseAsync(async db =>
        {
            db.Guardianships.Add(new() { ChildId = family.Child.Id, GuardianId = family.Guardian.Id, SinceUtc = app.Clock.GetUtcNow() });
            await db.SaveChangesAsync();
        }));
    }

    [Fact]
    public async Task Administrators_read_guardians_by_their_names_and_not_as_administrators()
    {
        var family = await FamilyAsync();
        var mentor = await _scene.MentorAsync();
        using var booked = await BookAsync(family.Guardian, mentor, new { childId = family.Child.Id });
        var id = (await booked.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        using var cancelled = await (await _scene.ProgramAsync(family.Guardian)).PostAsJsonAsync($"/api/v1/sessions/{id}/cancel", new { reason = "Ill" });
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        var admin = await _scene.BrowserAsync(await _scene.AdminAsync());
        var history = WebUtility.HtmlDecode(await admin.GetStringAsync($"/sessions/{id}"));
        Assert.Contains("Huda Salem", history);
        Assert.DoesNotContain("Huda Salem\u2069 (administrator)", history);
        var trail = WebUtility.HtmlDecode(await admin.GetStringAsync($"/admin/audit?about=person:{family.Child.Id}&kind=guardian"));
        Assert.DoesNotContain($"{AuditNames.Guardian}:", trail[trail.IndexOf("<tbody>", StringComparison.Ordinal)..]);
        Assert.Contains("Huda Salem", trail);
    }

    [Fact]
    public async Task A_guardian_books_for_a_child_and_observes_and_the_session_is_the_childs()
    {
        var (family, mentor) = (await FamilyAsync(), await _scene.MentorAsync());
        using var booked = await BookAsync(family.Guardian, mentor, new
        {
            childId = family.Child.Id,
            observe = true,
            guests = new[] { new { email = "aunt@people.example", name = "Aunt", role = "observer" } },
        });
        var answer = await booked.JsonAsync(HttpStatusCode.Created);
        var id = answer.GetProperty("id").GetGuid();
        var people = await app.InDatabaseAsync(db => db.Participants.AsNoTracking().Where(p => p.SessionId == id).ToListAsync());
        Assert.Equal(family.Child.Id, people.Single(p => p.Role == ParticipantRole.Mentee).UserId);
        Assert.All(people.Where(p => p.Role == ParticipantRole.Observer), p => Assert.Equal(family.Guardian.Id, p.InvitedBy));
        var own = people.Single(p => p.UserId == family.Guardian.Id);
        Assert.EndsWith(await _scene.LinkAsync(own.Id), answer.GetProperty("joinUrl").GetString());
        Assert.Contains("session.book-for", await AuditAsync($"session:{id}", family.Guardian.Id));
        var mails = await _scene.MailsAsync(id);
        Assert.Equal(["Invited", "Invited", "SessionConfirmed", "SessionConfirmed"], mails.Select(m => m.Kind).Order());
        Assert.All(mails.Where(m => m.Kind == "Invited"), m => Assert.Contains("Huda Salem", m.Model));
        // The guardian is free at this time, and the child is not.
        using var atOnce = await BookAsync(family.Guardian, await _scene.MentorAsync(), new { });
        using var overlaps = await BookAsync(family.Child, await _scene.MentorAsync(), new { });
        Assert.Equal(HttpStatusCode.Created, atOnce.StatusCode);
        await overlaps.ProblemAsync(409);
        // What the guardian gave the guardian takes back, with one press.
        var guest = people.Single(p => p.OwnEmail == "aunt@people.example");
        using var byChild = await (await _scene.ProgramAsync(family.Child)).PostAsync(
            $"/api/mentoring/session/{id}/participants/{guest.Id}/withdraw-link", null);
        await byChild.ProblemAsync(403);
        using var taken = await Forms.PostAsync(await _scene.BrowserAsync(family.Guardian), $"/sessions/{id}",
            new() { ["person"] = $"{guest.Id}" }, $"/sessions/{id}/people?handler=Withdraw");
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        using var door = await app.Visitor().GetAsync(await _scene.LinkAsync(guest.Id));
        Assert.Equal(HttpStatusCode.Gone, door.StatusCode);
        // When the guardianship ends, so does the looking on.
        Assert.Equal(GuardianOutcome.Done, await RunAsync(g => g.EndAsync(new(family.Guardian.Id, false), family.Id, default)));
        using var closed = await app.Visitor().GetAsync(await _scene.LinkAsync(own.Id));
        Assert.Equal(HttpStatusCode.Gone, closed.StatusCode);
        using var page = await (await _scene.BrowserAsync(family.Guardian)).GetAsync($"/sessions/{id}");
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
    }

    [Theory]
    [InlineData("en", "Who is this session for?", "Sessions of"), InlineData("ar", "لمن هذه الجلسة؟", "جلسات")]
    public async Task A_guardian_books_by_the_form_and_finds_the_childs_session_in_the_list(string language, string question, string list)
    {
        var (family, mentor) = (await FamilyAsync(language: language), await _scene.MentorAsync());
        var browser = await _scene.BrowserAsync(family.Guardian);
        var page = $"/mentors/{mentor.Id}?start={_scene.Slot:yyyy-MM-ddTHH:mm:ssZ}";
        Assert.Contains(question, WebUtility.HtmlDecode(await browser.GetStringAsync(page)));
        Assert.DoesNotContain("Input.For", await (await _scene.BrowserAsync(family.Child)).GetStringAsync(page));
        using var booked = await Forms.PostAsync(browser, page, new()
        {
            ["start"] = $"{_scene.Slot:yyyy-MM-ddTHH:mm:ssZ}",
            ["Input.Topic"] = "Reading",
            ["Input.For"] = $"{family.Child.Id}",
            ["Input.Observe"] = "false",
        }, $"/mentors/{mentor.Id}");
        Assert.Equal(HttpStatusCode.Redirect, booked.StatusCode);
        var session = await browser.GetStringAsync(booked.Headers.Location);
        Assert.Contains("Nour Adel", session);
        Assert.DoesNotContain("/admin/sessions", session);
        Assert.DoesNotContain("id=\"join", session);
        var seen = WebUtility.HtmlDecode(await browser.GetStringAsync("/sessions"));
        Assert.Contains(list, seen);
        Assert.Contains("data-child=\"Nour Adel\"", seen);
        using var stranger = await Forms.PostAsync(await _scene.BrowserAsync(await _scene.PersonAsync()), page, new()
        {
            ["start"] = $"{_scene.Slot.AddHours(4):yyyy-MM-ddTHH:mm:ssZ}",
            ["Input.Topic"] = "x",
            ["Input.For"] = $"{family.Child.Id}",
        }, $"/mentors/{mentor.Id}");
        Assert.Equal(HttpStatusCode.Forbidden, stranger.StatusCode);
    }

    [Fact]
    public async Task A_guardian_who_does_not_observe_moves_and_cancels_without_a_way_in_and_without_the_childs_link()
    {
        var (family, mentor) = (await FamilyAsync(), await _scene.MentorAsync());
        using var booked = await BookAsync(family.Guardian, mentor, new { childId = family.Child.Id });
        var answer = await booked.JsonAsync(HttpStatusCode.Created);
        var id = answer.GetProperty("id").GetGuid();
        var guardian = await _scene.ProgramAsync(family.Guardian);
        var read = await (await guardian.GetAsync($"/api/v1/sessions/{id}")).JsonAsync(HttpStatusCode.OK);
        Assert.Equal("guardian", read.GetProperty("role").GetString());
        Assert.All([answer, read], a => Assert.False(a.TryGetProperty("joinUrl", out var url) && url.ValueKind != JsonValueKind.Null));
        using var joined = await guardian.PostAsync($"/api/mentoring/session/{id}/join", null);
        await joined.ProblemAsync(403);
        var link = await _scene.LinkAsync(await app.InDatabaseAsync(db => db.Participants
            .Where(p => p.SessionId == id && p.Role == ParticipantRole.Mentee).Select(p => p.Id).SingleAsync()));
        var row = Assert.Single(await _scene.MailsAsync(id), m => m.ToAddress == family.Guardian.Email);
        var text = await RenderedAsync(row);
        Assert.Contains("Nour Adel", text);
        Assert.Contains("you’re a guardian", text);
        Assert.DoesNotContain("/join/", text);
        Assert.NotEqual("", link);

        using var moved = await guardian.PostAsJsonAsync($"/api/v1/sessions/{id}/move", new { start = _scene.Slot.AddHours(5) });
        using var cancelled = await guardian.PostAsJsonAsync($"/api/v1/sessions/{id}/cancel", new { reason = "Exams" });
        Assert.All([moved, cancelled], a => Assert.Equal(HttpStatusCode.NoContent, a.StatusCode));
        Assert.Equal(["session.book-for", "session.move", "session.cancel"], await AuditAsync($"session:{id}", family.Guardian.Id));
        foreach (var reader in new[] { family.Child, family.Guardian, mentor })
            Assert.Single(await _scene.MailsAsync(id), m => m.Kind == "SessionCancelled" && m.ToAddress == reader.Email
                && m.Model.Contains("Huda Salem"));
    }

    private Task<string> RenderedAsync(OutboxMessage row) => app.InScopeAsync<IServiceProvider, string>(async services =>
    {
        var model = MailKinds.Read(row.Kind, row.Model);
        var context = await services.GetRequiredService<MailContexts>().ForReaderAsync(row, model, default);
        return (await services.GetRequiredService<MailRenderer>().RenderAsync(model, context)).Text;
    });

    [Fact]
    public async Task Limits_count_for_the_child_and_two_guardians_at_once_book_one_session()
    {
        await using var own = await PortalApp.StartAsync(a => a.With("Booking:MaxOpen", "2"));
        var scene = new Scene(own);
        var (child, first, second) = (await scene.PersonAsync(), await scene.PersonAsync(), await scene.PersonAsync());
        foreach (var guardian in new[] { first, second })
            await own.InScopeAsync<Guardians, GuardianOutcome>(g => g.EstablishAsync(new(null, true), child.Id, guardian.Email, default));
        var mentors = new[] { await scene.MentorAsync(), await scene.MentorAsync() };
        async Task<HttpStatusCode> BookAsync(PortalUser by, PortalUser mentor, int hours, Guid? childId)
        {
            using var answer = await (await scene.ProgramAsync(by)).PostAsJsonAsync("/api/v1/sessions",
                new { mentorId = mentor.Id, start = scene.Slot.AddHours(hours), topic = "x", childId });
            return answer.StatusCode;
        }
        var answers = await Task.WhenAll(BookAsync(first, mentors[0], 0, child.Id), BookAsync(second, mentors[1], 0, child.Id));
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Conflict], answers.Order());
        Assert.Equal(1, await own.InDatabaseAsync(db => db.Participants.CountAsync(p => p.UserId == child.Id)));
        var last = await Task.WhenAll(BookAsync(first, mentors[0], 2, child.Id), BookAsync(second, mentors[1], 4, child.Id));
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Conflict], last.Order());
        Assert.Equal(HttpStatusCode.Created, await BookAsync(first, mentors[0], 6, null));
    }

    [Fact]
    public async Task A_child_and_its_guardian_are_one_side_when_another_time_is_proposed()
    {
        var (family, mentor) = (await FamilyAsync(), await _scene.MentorAsync(profile: m => m.ConfirmsByHand = true));
        using var booked = await BookAsync(family.Guardian, mentor, new { childId = family.Child.Id });
        var id = (await booked.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        Assert.Equal(3, (await _scene.MailsAsync(id)).Count(m => m.Kind == "SessionRequested"));
        using var approved = await (await _scene.ProgramAsync(mentor)).PostAsync($"/api/v1/sessions/{id}/approve", null);
        Assert.Equal(HttpStatusCode.NoContent, approved.StatusCode);
        var (child, guardian) = (await _scene.ProgramAsync(family.Child), await _scene.ProgramAsync(family.Guardian));
        using var proposed = await guardian.PostAsJsonAsync($"/api/v1/sessions/{id}/move", new { start = _scene.Slot.AddHours(3) });
        Assert.Equal(HttpStatusCode.Accepted, proposed.StatusCode);
        Assert.Equal([mentor.Email!], (await _scene.MailsAsync(id)).Where(m => m.Kind == "MoveProposed").Select(m => m.ToAddress));
        foreach (var ownSide in new[] { child, guardian })
        {
            using var refused = await ownSide.PostAsJsonAsync($"/api/v1/sessions/{id}/answer-move", new { agree = true });
            await refused.ProblemAsync(403);
        }
        using var agreed = await (await _scene.ProgramAsync(mentor)).PostAsJsonAsync(
            $"/api/v1/sessions/{id}/answer-move", new { agree = true });
        Assert.Equal(HttpStatusCode.NoContent, agreed.StatusCode);
    }

    [Fact]
    public async Task A_guardian_takes_a_seat_in_a_group_for_a_child_and_gives_it_back()
    {
        var family = await FamilyAsync();
        var mentor = await _scene.MentorAsync(profile: m => m.Kinds.Add(new() { Name = "Circle", Minutes = 60, Capacity = 3 }));
        var kindId = await app.InDatabaseAsync(db => db.SessionKinds.Where(k => k.MentorId == mentor.Id).Select(k => k.Id).SingleAsync());
        using var first = await BookAsync(await _scene.PersonAsync(), mentor, new { kindId });
        using var booked = await BookAsync(family.Guardian, mentor, new { kindId, childId = family.Child.Id, observe = true });
        var id = (await booked.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        Assert.False(await app.InDatabaseAsync(db => db.Participants.AnyAsync(p => p.SessionId == id && p.UserId == family.Guardian.Id)));
        using var left = await (await _scene.ProgramAsync(family.Guardian)).PostAsJsonAsync(
            $"/api/v1/sessions/{id}/cancel", new { reason = "x" });
        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        Assert.NotNull(await app.InDatabaseAsync(db => db.Participants
            .Where(p => p.UserId == family.Child.Id).Select(p => p.LeftUtc).SingleAsync()));
        Assert.Equal(["session.book-for", "session.leave-for"], await AuditAsync($"session:{id}", family.Guardian.Id));
    }

    [Fact]
    public async Task An_end_and_a_booking_of_one_moment_leave_no_session_that_nobody_was_allowed_to_book()
    {
        var mentor = await _scene.MentorAsync();
        for (var i = 0; i < 4; i++)
        {
            var family = await FamilyAsync();
            var program = await _scene.ProgramAsync(family.Guardian);
            var booking = program.PostAsJsonAsync("/api/v1/sessions",
                new { mentorId = mentor.Id, start = _scene.Slot.AddHours(i), topic = "x", childId = family.Child.Id, observe = true });
            var ended = RunAsync(g => g.EndAsync(new(family.Guardian.Id, false), family.Id, default));
            using var booked = await booking;
            Assert.Equal(GuardianOutcome.Done, await ended);
            Assert.Contains(booked.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.Forbidden });
            Assert.False(await app.InDatabaseAsync(db => db.Participants.AnyAsync(p =>
                p.UserId == family.Guardian.Id && p.Role == ParticipantRole.Observer && p.WithdrawnUtc == null)));
        }
    }

    [Theory]
    [InlineData("en", "Guardians"), InlineData("ar", "أولياء الأمور")]
    public async Task An_administrator_adds_and_ends_a_guardian_under_people(string language, string title)
    {
        var (child, guardian) = (await _scene.PersonAsync("Nour Adel"), await _scene.PersonAsync("Huda Salem"));
        var admin = await _scene.PersonAsync("Admin", language, roles: Roles.Admin);
        var browser = await _scene.BrowserAsync(admin);
        var page = $"/admin/people/{child.Id}";
        using var unknown = await Forms.PostAsync(browser, page, new() { ["guardianEmail"] = "nobody@people.example" },
            page + "?handler=Guardian");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        using var added = await Forms.PostAsync(browser, page, new() { ["guardianEmail"] = guardian.Email! }, page + "?handler=Guardian");
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var seen = WebUtility.HtmlDecode(await browser.GetStringAsync(page));
        Assert.Contains(title, seen);
        Assert.Contains("Huda Salem", seen);
        var one = await app.InDatabaseAsync(db => db.Guardianships.SingleAsync(g => g.ChildId == child.Id));
        using var ended = await Forms.PostAsync(browser, page, new() { ["guardianship"] = $"{one.Id}" }, page + "?handler=EndGuardian");
        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.Equal(["guardian.begin", "guardian.end"], await AuditAsync($"person:{child.Id}", admin.Id));
        Assert.Equal(2, (await NewsAsync(guardian)).Count);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_deleted_account_answers_for_nobody_and_is_answered_for_by_nobody(bool child)
    {
        var family = await FamilyAsync();
        await app.InScopeAsync<AccountDeletion, DeletionOutcome>(d => d.DeleteAsync(child ? family.Child.Id : family.Guardian.Id, default));
        Assert.False(await app.InDatabaseAsync(db => db.Guardianships.AnyAsync(g => g.Id == family.Id)));
        Assert.Contains(await NewsAsync(child ? family.Guardian : family.Child), m => m.Contains("Ended"));
    }
}
