using Localization;
using MailKit;
using MailKit.Net.Smtp;
using Portal.Mail.Delivery;

namespace Portal.Mail.Smtp;

/// <summary>A connection that is ready for mails.</summary>
internal sealed class SmtpSession(SmtpTransport client, SmtpWatch watch, SmtpLimits limits, IReadOnlyList<SendStep> opening) : IMailSession
{
    private IReadOnlyList<SendStep> _transfer = [];

    public bool SessionUsable => client.IsConnected;

    public IReadOnlyList<SendStep> Steps => [.. opening, .. _transfer];

    public async Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var transfer = new SmtpTransfer(mail);
        if (!SessionUsable)
            return transfer.Result(SendVerdict.NotAttempted, SendScope.Connection, SendStage.Connect,
                Said.Of(nameof(SaidText.AlreadyClosed)));
        if (transfer.Refusal(client.Capabilities, client.MaxSize) is { } refusal)
            return refusal;
        try
        {
            var work = watch.Begin(SendStage.Sender, limits.Write, transfer.WireLength, cancellationToken);
            return transfer.Accepted(await client.SendAsync(transfer, work));
        }
        catch (Exception e) when (Judge(transfer, e) is { } judged)
        {
            return judged; // the library has told the server to forget the mail
        }
        catch (Exception e)
        {
            var (text, reply) = client.Trouble(e);
            await client.DisconnectAsync(false, CancellationToken.None);
            // Handed over is handed over: whoever waited has given up, but what is known must be kept.
            if (!watch.IsHandedOver)
                cancellationToken.ThrowIfCancellationRequested();
            return transfer.Broken(text, reply, watch.Stage, watch.IsHandedOver);
        }
        finally
        {
            watch.End();
            _transfer = transfer.Steps;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (SessionUsable)
        {
            // Nobody needs the answer to a good-bye.
            using var enough = new CancellationTokenSource(limits.Quit);
            await client.DisconnectAsync(true, enough.Token);
        }
        client.Dispose();
    }

    private SendResult? Judge(SmtpTransfer transfer, Exception e)
    {
        int? code = e switch
        {
            SmtpCommandException answer => (int)answer.StatusCode,
            ServiceNotAuthenticatedException => SmtpReply.SignInFirst,
            _ => null,
        };
        return code is null ? null : transfer.Judge(client.Reply(code.Value, e.Message), watch.Stage, watch.IsHandedOver);
    }
}
