using Portal.Mail.Delivery;
using Portal.People.Mails;
using Quartz;

namespace Portal.Jobs;

/// <summary>
/// Sends what is due and had to wait (new mails leave by <see cref="MailWaker"/>); then tells the administrators what could not be sent.
/// </summary>
public sealed class OutboxJob(MailDispatcher dispatcher, FailureNotice notice) : IJob
{
    public static readonly JobKey Key = new("outbox");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await dispatcher.RunAsync(cancellationToken);
        await notice.TellAsync(cancellationToken);
    }
}
