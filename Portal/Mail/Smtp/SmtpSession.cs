using Portal.Mail.Delivery;

namespace Portal.Mail.Smtp;

/// <summary>A connection that is ready for mails.</summary>
internal sealed class SmtpSession(SmtpConnection connection, SmtpCapabilities capabilities, SmtpLimits limits, IReadOnlyList<SendStep> opening) : IMailSession
{
    private IReadOnlyList<SendStep> _transfer = [];

    public bool SessionUsable { get; private set; } = true;

    public IReadOnlyList<SendStep> Steps => [.. opening, .. _transfer];

    public async Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var transfer = new SmtpTransfer(connection, capabilities, limits, mail);
        if (!SessionUsable)
            return transfer.Result(SendVerdict.NotAttempted, SendScope.Connection, SendStage.Connect, "The connection was closed before.");
        try
        {
            var result = await transfer.RunAsync(cancellationToken);
            if (transfer.IsOpen)
                await ResetAsync(cancellationToken);
            return result;
        }
        catch (SmtpException e)
        {
            SessionUsable = false;
            return transfer.Broken(e);
        }
        catch (OperationCanceledException e)
        {
            SessionUsable = false;
            // Handed over is handed over: whoever waited has given up, but what is known must be kept.
            if (transfer.IsHandedOver)
                return transfer.Broken(new("The portal stopped before the server's answer came.", null, e));
            throw;
        }
        finally
        {
            _transfer = transfer.Steps;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (SessionUsable)
        {
            SessionUsable = false;
            using var enough = new CancellationTokenSource(limits.Quit);
            try
            {
                await connection.WriteAsync("QUIT\r\n", enough.Token);
                await connection.ReadAsync(enough.Token);
            }
            catch (Exception e) when (e is SmtpException or OperationCanceledException)
            {
                // Nobody needs the answer to a good-bye.
            }
        }
        connection.Dispose();
    }

    /// <summary>Lets the server forget a mail that it refused in part. The mail's own result stands whatever becomes of this.</summary>
    private async Task ResetAsync(CancellationToken cancellationToken)
    {
        try
        {
            await connection.WriteAsync("RSET\r\n", cancellationToken);
            SessionUsable = (await connection.ReadAsync(cancellationToken)).IsPositive;
        }
        catch (Exception e) when (e is SmtpException or OperationCanceledException)
        {
            SessionUsable = false;
        }
    }
}
