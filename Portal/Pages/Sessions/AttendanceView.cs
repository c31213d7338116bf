using Portal.Sessions;
using Portal.Sessions.Attending;
using Portal.Sessions.Live;

namespace Portal.Pages.Sessions;

/// <param name="Zone">The reader's.</param>
public sealed record AttendanceView(AttendanceRecord Record, string Zone)
{
    /// <summary>Below that, nobody calls it late.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    /// <summary>Null for who may not read it, before the session has begun, and where no more is known than who came.</summary>
    public static async Task<AttendanceView?> ReadAsync(
        SessionPageModel page, DateTimeOffset now, Attendance attendance, CancellationToken cancellationToken)
    {
        var session = page.Session;
        if (!page.Rights.IsMentor || now < session.StartUtc
            || session.State is not (SessionState.Confirmed or SessionState.Completed or SessionState.Missed))
            return null;
        var record = await attendance.RecordOfAsync(session, cancellationToken);
        return record.Unknown > 0 || record.People.Any(p => p.Evidence is AttendanceEvidence.Room or AttendanceEvidence.Tool)
            ? new(record, page.ReaderZone) : null;
    }
}
