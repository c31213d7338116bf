using Portal.Sessions.Rooms;
using Quartz;

namespace Portal.Jobs;

/// <summary>
/// Makes meetings that are still pending, those of providers that talk to a server and those that failed before; and ends
/// those that nobody needs any more; moves sessions of a withdrawn tool; asks who was at those that are over; and leaves stand-ins
/// whose tools live again.
/// </summary>
public sealed class MeetingLinkJob(
    MeetingLinks links, MeetingEnds ends, MeetingAttendance attendance, StandInRooms standIns, ToolMoves moves) : IJob
{
    public static readonly JobKey Key = new("meeting-links");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await moves.RunAsync(cancellationToken);
        await links.MakePendingAsync(cancellationToken);
        await ends.EndDueAsync(cancellationToken);
        await attendance.ReadDueAsync(cancellationToken);
        await standIns.LeaveAsync(cancellationToken);
    }
}
