using System.Globalization;
using Localization;
using Portal.People;
using Portal.Sessions;

namespace Portal.Api;

internal static class MentorsApi
{
    private const int ListedAtOnce = 100;

    private static readonly TimeSpan DefaultRange = TimeSpan.FromDays(14);

    public static void MapMentorsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/mentors").WithTags("Mentors").RequireAuthorization();
        group.MapGet("", ListAsync)
            .WithSummary("Who can be booked, by name, at most 100 at a time. q: words in name, headline or topics; topic and language filter; skip goes on. nextFree is the start of the next free time.");
        group.MapGet("/{id}/slots", SlotsAsync)
            .WithSummary("A mentor's free times in UTC that start in [from, to); both are optional, and the range is cut at 62 days.");
    }

    private static async Task<IResult> ListAsync(
        string? q, string? topic, string? language, string? skip, MentorDirectory directory, CancellationToken cancellationToken)
    {
        var start = 0;
        if (skip is not null && (!int.TryParse(skip, NumberStyles.None, CultureInfo.InvariantCulture, out start) || start < 0))
            return Problems.Field("skip", ErrorText.FormNotNumber);
        var page = await directory.FindAsync(new(q, topic, language), start, ListedAtOnce, cancellationToken);
        return Results.Ok(new
        {
            items = page.Items.Select(m => new { m.Id, m.Name, m.Headline, m.Topics, m.Languages, nextFree = m.NextFree?.Start }),
            total = page.Total,
        });
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
