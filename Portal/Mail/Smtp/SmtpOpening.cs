using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Portal.Mail.Delivery;

namespace Portal.Mail.Smtp;

/// <summary>All that comes before the first mail: connection, greeting, encryption, signing in.</summary>
internal sealed class SmtpOpening(SmtpOptions options, string ownName, SmtpLimits limits, X509ChainPolicy? trust)
{
    private readonly List<SendStep> _steps = [];
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private SendStage _stage = SendStage.Connect;
    private SendScope _scope = SendScope.Connection;

    public async Task<IMailSession> OpenAsync(CancellationToken cancellationToken)
    {
        SmtpConnection? connection = null;
        try
        {
            connection = await SmtpConnection.ConnectAsync(options.Host, options.EffectivePort(), limits, cancellationToken);
            Done(connection.Remote);
            var capabilities = await PrepareAsync(connection, cancellationToken);
            return new SmtpSession(connection, capabilities, limits, _steps);
        }
        catch (SmtpException e)
        {
            connection?.Dispose();
            return new UnopenedSession(new(SendVerdict.NotAttempted, _scope, _stage, e.Message) { Code = e.Reply?.Code, EnhancedCode = e.Reply?.EnhancedCode }, _steps);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    private async Task<SmtpCapabilities> PrepareAsync(SmtpConnection connection, CancellationToken cancellationToken)
    {
        if (options.Security == SmtpSecurity.Tls)
            await EncryptAsync(connection, cancellationToken);

        _stage = SendStage.Greeting;
        var greeting = Good(await connection.ReadAsync(cancellationToken));
        var capabilities = await EhloAsync(connection, cancellationToken);
        Done(greeting.ToString());

        if (options.Security == SmtpSecurity.StartTls)
        {
            _stage = SendStage.StartTls;
            if (!capabilities.StartTls)
                throw new SmtpException("The server does not offer STARTTLS, and Mail:Smtp:Security asks for it.");
            Good(await AskAsync(connection, "STARTTLS", cancellationToken));
            await EncryptAsync(connection, cancellationToken);
            // What was said in the clear may have been said by anybody.
            capabilities = await EhloAsync(connection, cancellationToken);
        }

        var authentication = new SmtpAuthentication(options);
        if (authentication.IsWanted)
        {
            _stage = SendStage.Auth;
            if (authentication.WhyNot(connection, capabilities) is { } problem)
            {
                _scope = SendScope.Auth;
                throw new SmtpException(problem);
            }
            var (reply, mechanism) = await authentication.RunAsync(connection, capabilities, cancellationToken);
            if (reply.Code != SmtpReply.Closing)
                _scope = SendScope.Auth;
            Done($"{mechanism}: {Good(reply)}");
        }
        return capabilities;
    }

    private async Task EncryptAsync(SmtpConnection connection, CancellationToken cancellationToken)
    {
        _stage = SendStage.StartTls;
        Done(await connection.UseTlsAsync(options.Host, trust, cancellationToken));
    }

    private async Task<SmtpCapabilities> EhloAsync(SmtpConnection connection, CancellationToken cancellationToken) =>
        new(Good(await AskAsync(connection, $"EHLO {ownName}", cancellationToken)));

    private static async Task<SmtpReply> AskAsync(SmtpConnection connection, string command, CancellationToken cancellationToken)
    {
        await connection.WriteAsync(command + "\r\n", cancellationToken);
        return await connection.ReadAsync(cancellationToken);
    }

    private static SmtpReply Good(SmtpReply reply) => reply.IsPositive ? reply : throw new SmtpException(reply.Text, reply);

    private void Done(string text)
    {
        _steps.Add(new(_stage, text, _time.Elapsed));
        _time.Restart();
    }
}

/// <summary>The server could not be reached, or did not let us in: says so to every mail.</summary>
internal sealed class UnopenedSession(SendResult why, IReadOnlyList<SendStep> steps) : IMailSession
{
    public bool SessionUsable => false;

    public IReadOnlyList<SendStep> Steps => steps;

    public Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken) => Task.FromResult(why with
    {
        Recipients = [.. mail.Recipients.Select(r => new RecipientResult(r, why.Verdict, why.Code, why.EnhancedCode, why.Text))],
    });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
