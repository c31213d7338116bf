using Localization;
using Portal.Mentors;
using Portal.People;
using Portal.ProviderHost;
using Portal.Security;
using Portal.Sessions.Availability;

namespace Portal.Api;

/// <summary>What a mentor sets on the settings pages; the same rules, the same services.</summary>
internal static class MentorSettingsApi
{
    public static void MapMentorSettingsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/mentor-settings").WithTags("Mentor settings")
            .RequireAuthorization(p => p.RequireAuthenticatedUser().RequireRole(Roles.Mentor)).RequireRateLimiting(RateLimits.Booking);
        group.MapGet("", ReadAsync).WithSummary("All of the caller's settings. The own calendar's address is write-only and not among them.");
        group.MapPut("/profile", ProfileAsync).WithSummary("What the directory shows. Topics are separated by commas; isPaused takes the mentor out of it.");
        group.MapPut("/tool", ToolAsync).WithSummary("The meeting tool for new sessions, and the own address that some tools need.");
        group.MapPut("/hours", HoursAsync).WithSummary("Weekly hours (day, from and to as HH:mm, in the account's time zone) and the rules for bookings.");
        group.MapPost("/special-days", AddDaysAsync).WithSummary("Days off, or with hours of their own, from first to last (yyyy-MM-dd).");
        group.MapDelete("/special-days", RemoveDaysAsync).WithSummary("Back to the weekly hours, from first to last.");
        group.MapPost("/kinds", AddKindAsync).WithSummary("A kind of session: another length, or a group.");
        group.MapPut("/kinds/{id:guid}", ChangeKindAsync).WithSummary("Change a kind; sessions that are booked stay what they are.");
        group.MapDelete("/kinds/{id:guid}", RetireKindAsync).WithSummary("Offer a kind no longer.");
    }

    private static async Task<IResult> ReadAsync(
        HttpContext http, MentorSettings settings, MentorHours hours, MentorKinds kinds, MentorDays days, MeetingProviders providers)
    {
        if (await MentorAsync(http, settings) is not { } mentor)
            return NotAMentor();
        return Results.Ok(new
        {
            profile = new { mentor.Headline, mentor.About, mentor.Topics, mentor.Languages, mentor.IsPaused },
            tool = new { providerId = providers.ToolOf(mentor.ProviderId), mentor.ExternalMeetingUrl },
            rules = new
            {
                mentor.SessionMinutes,
                mentor.BufferMinutes,
                mentor.NoticeMinutes,
                mentor.HorizonDays,
                mentor.MostPerDay,
                mentor.ConfirmsByHand,
            },
            hours = (await hours.ListAsync(mentor.UserId, http.RequestAborted)).Select(h => new { day = h.Day.ToString(), from = Clock(h.FromMinute), to = Clock(h.ToMinute) }),
            specialDays = (await days.ListAsync(mentor, http.RequestAborted)).Select(d => new
            {
                d.First,
                d.Last,
                stretches = d.Stretches.Select(s => new { from = Clock(s.From), to = Clock(s.To) }),
            }),
            kinds = (await kinds.ListAsync(mentor.UserId, http.RequestAborted)).Select(k => new { k.Id, k.Name, k.Minutes, k.Capacity, k.IsRetired }),
        });
    }

    private static async Task<IResult> ProfileAsync(MentorProfileInput input, HttpContext http, MentorSettings settings) =>
        await MentorAsync(http, settings) is { } mentor ? Answer(await settings.SaveAsync(mentor, input, http.RequestAborted)) : NotAMentor();

    private static async Task<IResult> ToolAsync(MentorToolInput input, HttpContext http, MentorSettings settings, MentorTool tool) =>
        await MentorAsync(http, settings) is { } mentor ? Answer(await tool.SaveAsync(mentor, input, http.RequestAborted)) : NotAMentor();

    private static async Task<IResult> HoursAsync(MentorHoursInput input, HttpContext http, MentorSettings settings, MentorHours hours) =>
        await MentorAsync(http, settings) is { } mentor ? Answer(await hours.SaveAsync(mentor, input, http.RequestAborted)) : NotAMentor();

    private static async Task<IResult> AddDaysAsync(DaysInput input, HttpContext http, MentorSettings settings, MentorDays days) =>
        await MentorAsync(http, settings) is { } mentor ? Answer((await days.AddAsync(mentor, input, http.RequestAborted)).Errors) : NotAMentor();

    private static async Task<IResult> RemoveDaysAsync(string? first, string? last, HttpContext http, MentorSettings settings, MentorDays days)
    {
        if (MentorDays.ReadDay(first) is not { } from || MentorDays.ReadDay(last ?? first) is not { } to)
            return Problems.Field("first", ErrorText.NotATime);
        if (await MentorAsync(http, settings) is not { } mentor)
            return NotAMentor();
        await days.RemoveAsync(mentor.UserId, from, to, http.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> AddKindAsync(KindInput input, HttpContext http, MentorSettings settings, MentorKinds kinds) =>
        await SaveKindAsync(null, input, http, settings, kinds);

    private static async Task<IResult> ChangeKindAsync(Guid id, KindInput input, HttpContext http, MentorSettings settings, MentorKinds kinds) =>
        await SaveKindAsync(id, input, http, settings, kinds);

    private static async Task<IResult> SaveKindAsync(Guid? id, KindInput input, HttpContext http, MentorSettings settings, MentorKinds kinds)
    {
        if (await MentorAsync(http, settings) is not { } mentor)
            return NotAMentor();
        return await kinds.SaveAsync(mentor.UserId, id, input, http.RequestAborted) is { } errors
            ? Answer(errors) : Results.Problem(statusCode: 404, title: ErrorText.NoSuchKind);
    }

    private static async Task<IResult> RetireKindAsync(Guid id, HttpContext http, MentorSettings settings, MentorKinds kinds) =>
        await MentorAsync(http, settings) is not { } mentor ? NotAMentor()
            : await kinds.RetireAsync(mentor.UserId, id, retired: true, http.RequestAborted) ? Results.NoContent()
            : Results.Problem(statusCode: 404, title: ErrorText.NoSuchKind);

    private static async Task<MentorProfile?> MentorAsync(HttpContext http, MentorSettings settings) =>
        http.User.UserId() is { } id ? await settings.FindAsync(id, http.RequestAborted) : null;

    private static IResult NotAMentor() => Results.Problem(statusCode: 403, title: ErrorText.NotAMentor);

    private static IResult Answer(IReadOnlyDictionary<string, string> errors) => errors.Count == 0 ? Results.NoContent()
        : Results.ValidationProblem(errors.ToDictionary(e => JsonName(e.Key), e => new[] { e.Value }), statusCode: 422, title: ErrorText.CheckFields);

    private static string JsonName(string field) => string.Join('.', field.Split('.').Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName));

    private static string Clock(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";
}
