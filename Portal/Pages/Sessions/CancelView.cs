using Portal.Sessions;

namespace Portal.Pages.Sessions;

/// <summary>What the form that cancels says.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="LeavesGroup">It gives back a seat, and the session stays.</param>
/// <param name="MayCancelAll">The session itself as well, for an administrator who sits in the group.</param>
/// <param name="HasLater">Others of the series can be cancelled with it.</param>
/// <param name="LateHours">Null where it is not late yet.</param>
public sealed record CancelView(Guid SessionId, bool LeavesGroup, bool MayCancelAll, bool HasLater, int? LateHours)
{
    public string? Reason { get; init; }

    public bool HasStarted { get; init; }

    public static CancelView Of(SessionPageModel page, bool hasLater, DateTimeOffset now, SessionPolicy policy)
    {
        var isLate = page.Session.StartUtc - now < TimeSpan.FromHours(policy.Booking.LateHours);
        var rights = page.Rights;
        return new(page.Session.Id, rights.LeavesGroup, rights is { LeavesGroup: true, IsMentor: true }, hasLater,
            isLate ? policy.Booking.LateHours : null)
        { HasStarted = page.Session.StartUtc <= now };
    }
}
