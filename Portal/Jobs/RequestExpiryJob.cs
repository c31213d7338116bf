using Portal.Sessions.Booking;
using Quartz;

namespace Portal.Jobs;

/// <summary>Requests that nobody answered in time give their time back.</summary>
public sealed class RequestExpiryJob(RequestService requests) : IJob
{
    public static readonly JobKey Key = new("request-expiry");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await requests.ExpireAsync(cancellationToken);
}
