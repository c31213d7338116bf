using System.Globalization;
using System.Text.Json.Serialization;
using Localization;
using Portal.Mentors;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;

namespace Portal.Api;

/// <param name="Start">In UTC.</param>
/// <param name="End">In UTC.</param>
/// <param name="Seats">Left in a group; 0 leads to its waiting list. Absent for an ordinary session.</param>
public sealed record SlotItem(
    DateTimeOffset Start, DateTimeOffset End, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Seats);

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
            .WithSummary("A mentor's free times in UTC that start in [from, to); both are optional, and the range is cut at 62 days. kindId: of a kind. In a group that has begun to fill, seats says how many are left.");
        group.MapGet("/{id}/kinds", KindsAsync).WithSummary("What a mentor offers beside the ordinary session: other lengths, and groups.");
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
        string id, string? from, string? to, string? kindId, MentorCalendar calendar, BookingService booking, TimeProvider clock, CancellationToken cancellationToken)
    {
        var start = clock.GetUtcNow();
        if (from is not null && !TryTime(from, out start))
            return Problems.Field("from", ErrorText.NotATime);
        var end = start < DateTimeOffset.MaxValue - DefaultRange ? start + DefaultRange : start;
        if (to is not null && !TryTime(to, out end))
            return Problems.Field("to", ErrorText.NotATime);
        if (!Guid.TryParse(id, out var mentorId) || await calendar.FindAsync(mentorId, cancellationToken) is not { } mentor)
            return Results.Problem(statusCode: 404, title: ErrorText.NoSuchMentor);
        var kind = Guid.TryParse(kindId, out var kindGuid) ? mentor.Kinds.FirstOrDefault(k => k.Id == kindGuid && !k.IsRetired) : null;
        if (kindId is not null && kind is null)
            return Results.Problem(statusCode: 404, title: ErrorText.NoSuchKind);
        var free = (await calendar.FreeAsync(mentor, MentorCalendar.RulesOf(mentor, kind), start, end, cancellationToken)).Select(s => new SlotItem(s.Start, s.End, kind?.Capacity));
        var groups = kind?.Capacity > 1 ? await booking.GroupsAsync(kind, start, end, cancellationToken) : [];
        return Results.Ok(new
        {
            items = free.Concat(groups.Select(g => new SlotItem(g.StartUtc, g.EndUtc, Math.Max(0, g.Capacity - g.SeatsTaken)))).OrderBy(s => s.Start),
        });
    }

    private static async Task<IResult> KindsAsync(string id, MentorCalendar calendar, CancellationToken cancellationToken) =>
        !Guid.TryParse(id, out var mentorId) || await calendar.FindAsync(mentorId, cancellationToken) is not { } mentor
            ? Results.Problem(statusCode: 404, title: ErrorText.NoSuchMentor)
            : Results.Ok(new { items = mentor.Kinds.Where(k => !k.IsRetired).Select(k => new { k.Id, k.Name, k.Minutes, k.Capacity }) });

    private static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
