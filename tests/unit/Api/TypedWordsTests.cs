using System.Collections;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Localization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Api;
using Portal.Data;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Tests.Support;

namespace Tests.Api;

/// <summary>
/// Every text that comes in through the API or a form is either judged by the one rule for words, or stands here as something that
/// nobody reads as words. A new field stands nowhere, and fails this test until somebody has thought of it.
/// </summary>
public sealed class TypedWordsTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    private static readonly Assembly Product = typeof(PortalDbContext).Assembly;

    /// <summary>Judged by the one rule; the tests below send each of them.</summary>
    private static readonly HashSet<string> Words =
    [
        "BookRequest.Topic", "BookRequest.Note", "GuestRequest.Name", "CancelRequest.Reason", "FeedbackRequest.Comment",
        "DeclineRequest.Reason", "InstantRequest.Topic", "ProfileRequest.Name", "KindInput.Name", "MentorProfileInput.Headline",
        "MentorProfileInput.About", "MentorProfileInput.Topics", "BookInput.Topic", "BookInput.Note", "GuestInput.Name",
        "Sessions.CancelModel.Reason", "Sessions.NowModel.Topic", "Sessions.FeedbackModel.Comment", "Sessions.RequestModel.DeclineReason",
        "Account.SignUpModel.Name", "Account.ProfileModel.Name", "Join.IndexModel.name", "Tools.AccountModel.name",
        "Tools.ShowModel.name", "MintInput.Name", "TroubleRequest.Words", "Join.IndexModel.words", "Meeting.TroubleModel.words",
        "NoteRequest.Text", "StepRequest.Text", "Sessions.NotesModel.text", "Sessions.NotesModel.step", "Meeting.BesideModel.text",
        "Meeting.BesideModel.step", "Sessions.TroubleModel.words", "Trouble.IndexModel.answer", "GroupItem.Name", "Sessions.GroupsModel.name",
    ];

    /// <summary>Ids, codes, secrets, addresses, choices from a list, own filters: nobody else reads them as words.</summary>
    private static readonly HashSet<string> NoWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "Email", "Password", "CurrentPassword", "NewPassword", "Code", "Language", "TimeZone", "Zone", "Role", "ExternalMeetingUrl",
        "ProviderId", "Room", "by", "ChoicesOf", "Values", "Remove", "Allowed", "DefaultTool", "StandIn", "tool", "state",
        // Of notes: a choice from a list, and what the page had shown, of which nothing is kept that is not there anyway.
        "which", "before",
        // Of recordings: an answer from a list, and an address.
        "recording", "link",
        // Of what does not work: read against lists of ours.
        "check", "page", "line",
        // Its plugin takes what cannot be seen out of it, since numbers are copied from programs that put marks around them.
        "Place",
        "Day", "From", "To", "First", "Last", "LastDay", "Until", "GuardianEmail", "Languages",
        "UserId", "User", "ReturnUrl", "CodeText", "CalendarUrl", "Url",
        "Address",
        "Start", "change", "RoomUrl", "TwoFactorCode", "TwoFactorRecoveryCode", "From2", "To2", "key", "credential",
        "passkey", "passkeyName", "person", "ticket", "token", "pass", "pageName", "endpoint", "auth",
    };

    private static IEnumerable<string> ApiInputs(IServiceProvider services) =>
        services.GetRequiredService<EndpointDataSource>().Endpoints
            .SelectMany(e => e.Metadata.GetOrderedMetadata<IAcceptsMetadata>()).Select(a => a.RequestType).OfType<Type>()
            .Where(t => t.Assembly == Product).Distinct().SelectMany(t => TextsOf(t, []));

    private static IEnumerable<string> PageInputs() =>
        Product.GetTypes().Where(t => t.IsSubclassOf(typeof(PageModel)) && !t.IsAbstract).SelectMany(page =>
            page.GetProperties().Where(p => p.GetCustomAttribute<BindPropertyAttribute>() is { SupportsGet: false })
                .SelectMany(p => TextsOf(p.PropertyType, [], $"{Short(page)}.{p.Name}"))
            .Concat(page.GetMethods().Where(m => m.Name.StartsWith("OnPost", StringComparison.Ordinal)).SelectMany(m => m.GetParameters())
                .SelectMany(p => TextsOf(p.ParameterType, [], $"{Short(page)}.{p.Name}"))));

    private static string Short(Type page) => $"{page.Namespace!.Split('.').Last()}.{page.Name}";

    private static IEnumerable<string> TextsOf(Type type, HashSet<Type> seen, string name = "")
    {
        if (type == typeof(string))
            return [name];
        if (type != typeof(byte[]) && type.IsAssignableTo(typeof(IEnumerable)))
            return TextsOf(type.IsArray ? type.GetElementType()! : type.GetGenericArguments().LastOrDefault() ?? typeof(int), seen, name);
        return type.Assembly == Product && !type.IsEnum && seen.Add(type)
            ? type.GetProperties().Where(p => p.CanWrite).SelectMany(p => TextsOf(p.PropertyType, seen, $"{type.Name}.{p.Name}")) : [];
    }

    [Fact]
    public void Every_text_that_comes_in_is_judged_or_known_to_be_no_words()
    {
        var found = ApiInputs(app.Services).Concat(PageInputs()).ToHashSet();
        Assert.True(found.Count > 50, $"Only {found.Count} texts were found.");
        Assert.Empty(Words.Except(found));
        var unknown = found.Except(Words).Where(f => !NoWords.Contains(f.Split('.').Last())).Order().ToList();
        Assert.True(unknown.Count == 0, "Judge them, or say why nobody reads them:\n" + string.Join('\n', unknown));
    }

    public static TheoryData<string, string, string> Calls => new()
    {
        { "POST /api/v1/sessions", "BookRequest", "topic" },
        { "POST /api/v1/sessions", "BookRequest", "note" },
        { "POST /api/v1/sessions", "BookRequest", "guests.0.name" },
        { "POST /api/v1/sessions/ID/invite", "GuestRequest", "name" },
        { "POST /api/v1/sessions/ID/cancel", "CancelRequest", "reason" },
        { "POST /api/v1/sessions/ID/feedback", "FeedbackRequest", "comment" },
        { "POST /api/v1/sessions/ID/decline", "DeclineRequest", "reason" },
        { "PUT /api/v1/sessions/ID/notes/notes", "NoteRequest", "text" },
        { "PUT /api/v1/sessions/ID/notes/own", "NoteRequest", "text" },
        { "POST /api/v1/sessions/ID/steps", "StepRequest", "text" },
        { "POST /api/v1/sessions/ID/trouble", "TroubleRequest", "words" },
        { "PUT /api/v1/sessions/ID/groups", "GroupsBody", "groups.0.name" },
        { "POST /api/v1/sessions/instant", "InstantRequest", "topic" },
        { "PUT /api/v1/account/profile", "ProfileRequest", "name" },
        { "POST /api/v1/mentor-settings/kinds", "KindInput", "name" },
        { "PUT /api/v1/mentor-settings/profile", "MentorProfileInput", "headline" },
        { "PUT /api/v1/mentor-settings/profile", "MentorProfileInput", "about" },
        { "PUT /api/v1/mentor-settings/profile", "MentorProfileInput", "topics" },
    };

    [Fact]
    public void Every_word_of_the_API_is_sent_below()
    {
        var sent = Calls.Select(c => (Type: (string)c[1], Field: (string)c[2])).Select(c => c.Field.Contains('.')
            ? c.Type == "GroupsBody" ? "GroupItem.Name" : "GuestRequest.Name" : $"{c.Type}.{char.ToUpperInvariant(c.Field[0])}{c.Field[1..]}");
        Assert.Equal(ApiInputs(app.Services).Where(Words.Contains).Distinct().Order(), sent.Distinct().Order());
    }

    [Theory, MemberData(nameof(Calls))]
    public async Task The_API_refuses_words_that_cannot_be_seen_or_that_turn_the_text(string call, string type, string field)
    {
        var program = await _scene.ProgramAsync(await _scene.MentorAsync());
        foreach (var text in new[] { "gro\u202Elive", "\u3164", "\u0301", "\u2800" })
        {
            var body = Example(type);
            Set(body, field.Split('.'), text);
            var (method, path) = (call.Split(' ')[0], call.Split(' ')[1].Replace("ID", Guid.NewGuid().ToString()));
            using var answer = await program.SendAsync(new(new(method), path)
            {
                Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
            });
            Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity, $"{call} {field}: {answer.StatusCode}");
            var named = field.Replace(".0.", "[0].");
            Assert.True((await answer.ProblemAsync(422)).GetProperty("errors").TryGetProperty(named, out _), $"{call} names no {named}");
        }
    }

    public static TheoryData<string, string, string> Sent => new()
    {
        { "/account/sign-up", "Name", "Email=w@people.example&Password=long enough words&Language=en&Zone=Etc/UTC" },
        { "/account/profile", "Name", "Language=en&Zone=Etc/UTC" },
        { "/sessions/now", "Topic", "Minutes=30" },
        { "/settings", "Input.Headline", "" },
        { "/settings", "Input.About", "" },
        { "/settings", "Input.Topics", "" },
        { "/settings/kinds", "Input.Name", "Input.Minutes=30&Input.Capacity=1" },
        { "/mentors/MENTOR?start=SLOT", "Input.Topic", "" },
        { "/mentors/MENTOR?start=SLOT", "Input.Note", "Input.Topic=x" },
        { "/mentors/MENTOR?start=SLOT", "Input.Guests[0].Name", "Input.Topic=x&Input.Guests[0].Email=g@people.example" },
        { "/sessions/SESSION/cancel", "Reason", "" },
        { "/sessions/SESSION/trouble", "words", "" },
        { "/sessions/SESSION/notes?handler=Text", "text", "which=notes" },
        { "/sessions/SESSION/notes?handler=Text", "text", "which=own" },
        { "/sessions/SESSION/notes?handler=Step", "step", "" },
        { "/sessions/SESSION/people?handler=Invite", "Guest.Name", "Guest.Email=g@people.example" },
        { "/sessions/REQUEST/request?handler=Decline", "DeclineReason", "" },
        { "/sessions/DONE/feedback", "Comment", "Rating=5" },
    };

    [Theory, MemberData(nameof(Sent))]
    public async Task Forms_refuse_them_as_well_beside_the_field(string page, string field, string others)
    {
        var mentor = await _scene.MentorAsync(profile: m => m.ConfirmsByHand = page.Contains("REQUEST"));
        var session = await BookAsync(mentor);
        var who = page.Contains("DONE") ? session.Mentee : page.Contains("MENTOR") ? await _scene.PersonAsync() : mentor;
        var browser = page.Contains("sign-up") ? app.Visitor() : await _scene.BrowserAsync(who);
        if (page.Contains("DONE"))
            await app.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == session.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.State, SessionState.Completed)));
        page = page.Replace("MENTOR", $"{mentor.Id}").Replace("SLOT", $"{_scene.Slot.AddHours(3):yyyy-MM-ddTHH:mm:ssZ}")
            .Replace("SESSION", $"{session.Id}").Replace("REQUEST", $"{session.Id}").Replace("DONE", $"{session.Id}");
        foreach (var text in new[] { "gro\u202Elive", "\u3164" })
        {
            var fields = others.Split('&', StringSplitOptions.RemoveEmptyEntries)
                .ToDictionary(f => f.Split('=')[0], f => f.Split('=', 2)[1]);
            fields[field] = text;
            using var answer = await Forms.PostAsync(browser, page.Split("?handler")[0], fields, page);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{page} {field}: {(int)answer.StatusCode}");
            var words = text.Length > 1 ? ErrorText.TextHidden : ErrorText.TextInvisible;
            Assert.Contains(words, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
        }
    }

    private async Task<(Guid Id, PortalUser Mentee)> BookAsync(PortalUser mentor)
    {
        var mentee = await _scene.PersonAsync();
        var result = await app.InScopeAsync<BookingService, BookingResult>(b =>
            b.BookAsync(new BookingRequest(mentor.Id, _scene.Slot, "Career talk"), mentee.Id, default));
        return (result.Session!.Id, mentee);
    }

    private static JsonNode Example(string type)
    {
        var example = ApiExamples.Of(Product.GetTypes().Single(t => t.Name == type))!;
        if (type == "BookRequest")
            (example["guests"], example["series"]) = (new JsonArray(ApiExamples.Of(typeof(GuestRequest))!), null);
        return example;
    }

    private static void Set(JsonNode body, string[] path, string text)
    {
        foreach (var step in path[..^1])
            body = int.TryParse(step, out var at) ? body[at]! : body[step]!;
        body[path[^1]] = text;
    }
}
