using System.Globalization;
using Localization;
using Portal.Sessions;

namespace Portal.Api;

internal static class MentorsApi
{
    private static readonly TimeSpan DefaultRange = TimeSpan.FromDays(14);

    public static void MapMentorsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/mentors").WithTags("Mentors").RequireAuthorization();
        group.MapGet("", async (MentorCalendar calendar, CancellationToken cancellationToken) =>
            Results.Ok(new { items = (await calendar.MentorsAsync(cancellationToken)).Select(m => new { m.Id, m.Name }) }))
            .WithSummary("Everyone who can be booked.");
        group.MapGet("/{id}/slots", SlotsAsync)
            .WithSummary("A mentor's free times in UTC that start in [from, to); both are optional, and the range is cut at 62 days.");
    }

    private static async Task<IResult> SlotsAsync(
        string id, string? from, string? to, MentorCalendar calendar, TimeProvider clock, CancellationToken cancellationToken)
    {
        var start = clock.GetUtcNow();
        if (from is not null && !TryTime(from, out start))
            return Problems.Field("from", ErrorText.NotATime);
        var end = start < DateTimeOffset.MaxValue - DefaultRange ? start + DefaultRange : start;
        if (to is not null && !TryTime(to, out end))
            return Problems.Field("to", ErrorText.NotATime);
        if (!Guid.TryParse(id, out var mentorId) || await calendar.FindAsync(mentorId, cancellationToken) is not { } mentor)
            return Results.Problem(statusCode: 404, title: ErrorText.NoSuchMentor);
        return Results.Ok(new { items = await calendar.FreeAsync(mentor, null, start, end, cancellationToken) });
    }

    private static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
