using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Portal.Mentors;
using Portal.Settings;
using Portal.Tools;

namespace Portal.Api;

/// <summary>
/// One example for each body that the API takes or answers, in its description (<c>/openapi/v1.json</c>). Typed, so that none can go
/// stale.
/// </summary>
internal static class ApiExamples
{
    private static readonly Guid Someone = new("019aa7c4-9d20-7c3e-8a51-2f4b6c7d8e90");
    private static readonly Guid Session = new("019aa7c5-1e80-7b12-9c64-5d0f3a1b2c3d");
    private static readonly DateTimeOffset Start = new(2030, 1, 15, 14, 0, 0, TimeSpan.Zero);

    private const string JoinUrl = "https://portal.example.org/join/AZqnxR6Ae…";

    private static readonly Dictionary<Type, object> All = new object[]
    {
        new SignInRequest("mentee@demo.example", "Demo-pass-1!"),
        new BookRequest(Someone, $"{Start:O}", "Preparing for an interview", Note: "My CV is attached to the invitation.", Series: new(4, 2)),
        new GuestRequest("parent@people.example", "Huda Nassar", "observer"),
        new SeriesRequest(4, 2, LeaveOut: true),
        new BookedAnswer(Session, JoinUrl, "confirmed"),
        new SessionItem(Session, "Preparing for an interview", "confirmed", Start, Start.AddHours(1), "Africa/Cairo", "mentee", JoinUrl,
            [new(Someone, "Samir Haddad", "mentor")], 0, null, null, null),
        new PersonItem(Someone, "Samir Haddad", "mentor"),
        new CancelRequest("I am ill today"),
        new MoveRequest($"{Start.AddDays(1):O}", 0),
        new AnswerRequest(true),
        new ExtendRequest(15, 0),
        new ExtendedAnswer(Start.AddMinutes(75)),
        new AttendanceAnswer([new(Someone, "Maha Nassar", "mentee", "room", Start.AddMinutes(2), 55.5, 2, 1)], 54, 0),
        new NotesItem("My portfolio", "Rewrite the summary first.", 3, Start.AddMinutes(20),
            [new(Someone, Session, "Send the new CV", null)], null, [new(Someone, "Good morning", Start.AddMinutes(1))], null),
        new NoteRequest("Rewrite the summary first. Then the projects.", "Rewrite the summary first."),
        new NoteSaved("Rewrite the summary first. Then the projects.", 4),
        new StepRequest("Send the new CV"),
        new StepChange(true),
        new FileItem(Someone, "worksheet.pdf", "application/pdf", 48_213,
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "Samir Haddad", Start.AddHours(1), false),
        new RecordingAnswerItem(Someone),
        new RoomConfig("jitsi-meet", JsonSerializer.SerializeToElement(new { domain = "meet.example.org", roomName = "quiet-river" }),
            Start.AddMinutes(90)),
        new LateRequest(10),
        new MissedRequest(Someone),
        new FeedbackRequest(5, "It helped me to see what comes first."),
        new TroubleRequest("Nobody hears me."),
        new GroupsBody([new("Red", [Someone]), new("Blue", [])]),
        new GroupItem("Red", [Someone]),
        new DeclineRequest("I am away that week"),
        new ToggleRequest("https://meet.example.org/my-room"),
        new InstantRequest("A quick question", 30),
        new InvitedAnswer(Someone, JoinUrl),
        new JoinAnswer("https://meet.jit.si/itcom-session-…", "redirect"),
        new SlotItem(Start, Start.AddHours(1), null),
        new MentorProfileInput
        {
            Headline = "Careers in software",
            Topics = "careers, interviews",
            Languages = [.. Localization.Languages.All],
        },
        new MentorToolInput { ProviderId = "video-tool", Choices = new() { ["record"] = true } },
        new ToolSettingsInput { Version = Someone, Values = new() { ["Domain"] = "meet.example.org", ["AppSecret"] = "" } },
        new ToolSettingsAnswer(Someone, "active", null, IsReadable: true, Start, Someone,
        [
            new("Domain", "Server", null, "Server", "text", "meet.example.org", false, true, false, []),
            new("AppSecret", "Secret", null, "Server", "text", null, true, true, false, []),
        ]),
        new ToolCheckAnswer(true, "The server answers.", [new(true, "The token was accepted.")]),
        new MentorHoursInput
        {
            SessionMinutes = 60,
            BufferMinutes = 10,
            NoticeMinutes = 120,
            HorizonDays = 30,
            Hours = [new() { Day = DayOfWeek.Sunday, From = "09:00", To = "13:00" }],
        },
        new DaysInput { First = "2030-01-20", Last = "2030-01-24", IsOff = true },
        new KindInput { Name = "Group clinic", Minutes = 90, Capacity = 8 },
        new ProfileRequest("Maha Nassar", Localization.Languages.Arabic, "Africa/Cairo"),
        new PasswordRequest("Demo-pass-1!", "a longer one that only I know"),
        new AddressRequest("new@people.example", "Demo-pass-1!"),
        new TwoFactorCodeRequest("123456"),
        new PasswordProof("Demo-pass-1!"),
        new ProofRequest("Demo-pass-1!"),
        new GuardianRequest("parent@people.example"),
        new GuardianItem(Someone, "agreed", "child", "Huda Nassar"),
        new ChildItem(Someone, "Nour Nassar"),
        new AccountAnswer(Someone, "mentee@demo.example", "Maha Nassar", Localization.Languages.Arabic, "Africa/Cairo", null,
            TwoFactor: false, 0, []),
        new TwoFactorKeyAnswer("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"),
        new RecoveryCodesAnswer(["abcde-fghjk", "mnpqr-stuvw"]),
        new DeviceItem(Someone, "API · curl", Start.AddDays(-3), Start, ThisOne: true),
        new RemindersRequest([1440, 60]),
        new RemindersAnswer([1440, 60], [1440, 60, 15], [2880, 1440, 720, 180, 60, 30, 15, 5]),
        new CalendarFeedAnswer("https://portal.example.org/calendar/CfDJ8N….ics"),
    }.ToDictionary(e => e.GetType());

    /// <summary>By the settings and not by whoever asked first: the description is kept for others.</summary>
    public static OpenApiOptions AddServer(this OpenApiOptions openApi) => openApi.AddDocumentTransformer((document, context, _) =>
    {
        var address = context.ApplicationServices.GetRequiredService<PublicAddress>();
        document.Servers = [new() { Url = address.Base.AbsoluteUri }];
        return Task.CompletedTask;
    });

    public static OpenApiOptions AddApiExamples(this OpenApiOptions openApi) => openApi.AddSchemaTransformer((schema, context, _) =>
    {
        if (Of(context.JsonTypeInfo.Type) is { } example)
            schema.Examples = [example];
        return Task.CompletedTask;
    });

    internal static JsonNode? Of(Type type) =>
        All.TryGetValue(type, out var example) ? JsonSerializer.SerializeToNode(example, type, JsonSerializerOptions.Web) : null;
}
