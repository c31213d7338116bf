using System.Globalization;
using System.Text.Json.Serialization;
using Localization;
using Portal.Mentors;
using Portal.Security;
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
        var group = routes.MapGroup("/api/v1/mentors").WithTags("Mentors").RequireAuthorization()
            .RequireRateLimiting(RateLimits.Open);
        group.MapGet("", ListAsync)
            .WithSummary("Lists bookable mentors by name, up to 100 per page. q searches name, headline and topics; topic and language filter; skip for paging. nextFree is the start of the next available time.");
        group.MapGet("/{id:guid}/slots", SlotsAsync)
            .WithSummary("Lists a mentor's available times in UTC that start in [from, to); both are optional, and the range is limited to 62 days. kindId filters by session type. For a group that has begun to fill, seats is the number left.");
        group.MapGet("/{id:guid}/kinds", KindsAsync)
            .WithSummary("Lists the session types a mentor offers besides the standard session: other lengths, and groups.");
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
        Guid id, string? from, string? to, string? kindId, MentorCalendar calendar, OfferedTimes offered, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var start = clock.GetUtcNow();
        if (from is not null && ApiTime.Check(from) is { } wrongFrom)
            return Problems.Field("from", wrongFrom);
        start = ApiTime.Read(from) ?? start;
        var end = start < DateTimeOffset.MaxValue - DefaultRange ? start + DefaultRange : start;
        if (to is not null && ApiTime.Check(to) is { } wrongTo)
            return Problems.Field("to", wrongTo);
        end = ApiTime.Read(to) ?? end;
        if (await calendar.FindAsync(id, cancellationToken) is not { } mentor)
            return Problems.Of(BookingOutcome.NoSuchMentor);
        var kind = Guid.TryParse(kindId, out var kindGuid) ? mentor.Kinds.FirstOrDefault(k => k.Id == kindGuid && !k.IsRetired) : null;
        if (kindId is not null && kind is null)
            return Problems.Of(StatusCodes.Status404NotFound, ErrorText.NoSuchKind);
        var times = await offered.ListAsync(mentor, kind, start, end, cancellationToken);
        return Results.Ok(new { items = times.Select(t => new SlotItem(t.Slot.Start, t.Slot.End, t.Seats ?? kind?.Capacity)) });
    }

    private static async Task<IResult> KindsAsync(Guid id, MentorCalendar calendar, CancellationToken cancellationToken) =>
        await calendar.FindAsync(id, cancellationToken) is { } mentor
            ? Results.Ok(new { items = mentor.Kinds.Where(k => !k.IsRetired).Select(k => new { k.Id, k.Name, k.Minutes, k.Capacity }) })
            : Problems.Of(BookingOutcome.NoSuchMentor);
}
