using Localization;
using Portal.Mentors;
using Portal.People;
using Portal.ProviderHost;
using Portal.Security;

namespace Portal.Api;

/// <summary>What a mentor sets on the settings pages; the same rules, the same services.</summary>
internal static class MentorSettingsApi
{
    public static void MapMentorSettingsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/mentor-settings").WithTags("Mentor settings")
            .RequireAuthorization(p => p.RequireAuthenticatedUser().RequireRole(Roles.Mentor)).RequireRateLimiting(RateLimits.Booking);
        group.MapGet("", ReadAsync)
            .WithSummary("Returns all of the caller's settings. The calendar link is write-only and not included.");
        group.MapPut("/profile", ProfileAsync)
            .WithSummary("Changes what the directory shows. Topics are separated by commas; isPaused hides the mentor.");
        group.MapPut("/tool", ToolAsync).WithSummary("Sets the meeting tool for new sessions, and the meeting link, phone number or address that some tools need. "
                + "A new one reaches sessions that are booked.");
        group.MapPut("/hours", HoursAsync)
            .WithSummary("Sets weekly availability (day, from and to as HH:mm, in the account's time zone; an end before the start is in the night after) "
                + "and booking rules.");
        group.MapPost("/special-days", AddDaysAsync).WithSummary("Adds days off, or days with different hours, from first to last (yyyy-MM-dd).");
        group.MapDelete("/special-days", RemoveDaysAsync).WithSummary("Returns these days to the weekly availability, from first to last.");
        group.MapPost("/kinds", AddKindAsync).WithSummary("Adds a session type: another length, or a group.");
        group.MapPut("/kinds/{id:guid}", ChangeKindAsync).WithSummary("Changes a session type; booked sessions aren't affected.");
        group.MapDelete("/kinds/{id:guid}", RetireKindAsync).WithSummary("Stops offering a session type.");
    }

    private static async Task<IResult> ReadAsync(
        Me me, MentorSettings settings, MentorHours hours, MentorKinds kinds, MentorDays days, MeetingProviders providers,
        CancellationToken cancellationToken)
    {
        if (await settings.FindAsync(me.Id, cancellationToken) is not { } mentor)
            return NotAMentor();
        return Results.Ok(new
        {
            profile = new { mentor.Headline, mentor.About, mentor.Topics, mentor.Languages, mentor.IsPaused },
            tool = new
            {
                providerId = providers.ToolOf(mentor.ProviderId),
                mentor.ExternalMeetingUrl,
                mentor.Place,
                choices = MentorChoices.Of(mentor.ToolChoices, providers.ToolOf(mentor.ProviderId)),
            },
            rules = new
            {
                mentor.SessionMinutes,
                mentor.BufferMinutes,
                mentor.NoticeMinutes,
                mentor.HorizonDays,
                mentor.MaxPerDay,
                mentor.ConfirmsByHand,
            },
            hours = (await hours.ListAsync(mentor.UserId, cancellationToken)).Select(h =>
                new { day = h.Day.ToString(), from = Clock(h.FromMinute), to = Clock(h.ToMinute) }),
            specialDays = (await days.ListAsync(mentor, cancellationToken)).Select(d => new
            {
                d.First,
                d.Last,
                stretches = d.Stretches.Select(s => new { from = Clock(s.From), to = Clock(s.To) }),
            }),
            kinds = (await kinds.ListAsync(mentor.UserId, cancellationToken)).Select(k =>
                new { k.Id, k.Name, k.Minutes, k.Capacity, k.IsRetired }),
        });
    }

    private static async Task<IResult> ProfileAsync(
        MentorProfileInput input, Me me, MentorSettings settings, CancellationToken cancellationToken) =>
        await settings.FindAsync(me.Id, cancellationToken) is { } mentor
            ? Problems.Answer(await settings.SaveAsync(mentor, input, cancellationToken)) : NotAMentor();

    private static async Task<IResult> ToolAsync(
        MentorToolInput input, Me me, MentorSettings settings, MentorTool tool, CancellationToken cancellationToken) =>
        await settings.FindAsync(me.Id, cancellationToken) is { } mentor
            ? Problems.Answer(await tool.SaveAsync(mentor, input, cancellationToken)) : NotAMentor();

    private static async Task<IResult> HoursAsync(
        MentorHoursInput input, Me me, MentorSettings settings, MentorHours hours, CancellationToken cancellationToken) =>
        await settings.FindAsync(me.Id, cancellationToken) is { } mentor
            ? Problems.Answer(await hours.SaveAsync(mentor, input, cancellationToken)) : NotAMentor();

    private static async Task<IResult> AddDaysAsync(
        DaysInput input, Me me, MentorSettings settings, MentorDays days, CancellationToken cancellationToken) =>
        await settings.FindAsync(me.Id, cancellationToken) is { } mentor
            ? Problems.Answer((await days.AddAsync(mentor, input, cancellationToken)).Errors) : NotAMentor();

    private static async Task<IResult> RemoveDaysAsync(
        string? first, string? last, Me me, MentorSettings settings, MentorDays days, CancellationToken cancellationToken)
    {
        if (MentorDays.ReadDay(first) is not { } from || MentorDays.ReadDay(last ?? first) is not { } to)
            return Problems.Field("first", ErrorText.NotATime);
        if (await settings.FindAsync(me.Id, cancellationToken) is not { } mentor)
            return NotAMentor();
        await days.RemoveAsync(mentor.UserId, from, to, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> AddKindAsync(
        KindInput input, Me me, MentorSettings settings, MentorKinds kinds, CancellationToken cancellationToken) =>
        await SaveKindAsync(null, input, me, settings, kinds, cancellationToken);

    private static async Task<IResult> ChangeKindAsync(
        Guid id, KindInput input, Me me, MentorSettings settings, MentorKinds kinds, CancellationToken cancellationToken) =>
        await SaveKindAsync(id, input, me, settings, kinds, cancellationToken);

    private static async Task<IResult> SaveKindAsync(
        Guid? id, KindInput input, Me me, MentorSettings settings, MentorKinds kinds, CancellationToken cancellationToken)
    {
        if (await settings.FindAsync(me.Id, cancellationToken) is not { } mentor)
            return NotAMentor();
        return await kinds.SaveAsync(mentor.UserId, id, input, cancellationToken) is { } errors
            ? Problems.Answer(errors) : Problems.Of(StatusCodes.Status404NotFound, ErrorText.NoSuchKind);
    }

    private static async Task<IResult> RetireKindAsync(
        Guid id, Me me, MentorSettings settings, MentorKinds kinds, CancellationToken cancellationToken) =>
        await settings.FindAsync(me.Id, cancellationToken) is not { } mentor ? NotAMentor()
            : await kinds.RetireAsync(mentor.UserId, id, retired: true, cancellationToken) ? Results.NoContent()
            : Problems.Of(StatusCodes.Status404NotFound, ErrorText.NoSuchKind);

    private static IResult NotAMentor() => Problems.Of(StatusCodes.Status403Forbidden, ErrorText.NotAMentor);

    /// <summary>The end of the day is 24:00; an end in the night after it is before the start.</summary>
    private static string Clock(int minutes) =>
        minutes > 24 * 60 ? Clock(minutes - 24 * 60) : $"{minutes / 60:00}:{minutes % 60:00}";
}
