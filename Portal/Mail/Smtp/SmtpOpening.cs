using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Localization;
using MailKit.Net.Smtp;
using MailKit.Security;
using Portal.Mail.Delivery;

namespace Portal.Mail.Smtp;

/// <summary>All that comes before the first mail: connection, greeting, encryption, signing in.</summary>
internal sealed class SmtpOpening(SmtpOptions options, string ownName, SmtpLimits limits, X509ChainPolicy? trust)
{
    private readonly List<SendStep> _steps = [];
    private readonly SmtpSignIn _signIn = new(options);
    private SendScope _scope = SendScope.Connection;

    public async Task<IMailSession> OpenAsync(CancellationToken cancellationToken)
    {
        // MailKit's own socket waits for the server before it sends the last bytes of a mail (Nagle): 25 mails a second.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var watch = new SmtpWatch(socket, limits);
        var client = new SmtpTransport(socket, watch, _signIn, trust) { LocalDomain = ownName };
        try
        {
            var work = watch.Begin(SendStage.Connect, limits.Connect, 0, cancellationToken);
            await ConnectAsync(socket, client, watch, work);
            if (_signIn.IsWanted)
                await SignInAsync(client, watch, work);
            return new SmtpSession(client, watch, limits, _steps);
        }
        catch (Exception e)
        {
            var (text, reply) = client.Trouble(e);
            client.Dispose();
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            if (e is AuthenticationException && reply?.Code != SmtpReply.Closing)
                _scope = SendScope.Auth;
            var why = new SendResult(SendVerdict.NotAttempted, _scope, watch.Stage, text);
            return new UnopenedSession(why with { Code = reply?.Code, EnhancedCode = reply?.EnhancedCode }, _steps);
        }
        finally
        {
            watch.End();
        }
    }

    private async Task ConnectAsync(Socket socket, SmtpTransport client, SmtpWatch watch, CancellationToken cancellationToken)
    {
        var port = options.EffectivePort();
        await socket.ConnectAsync(options.Host, port, cancellationToken);
        watch.Stage = SendStage.StartTls; // the greeting's turn is told by the library
        _steps.Add(new(SendStage.Connect, socket.RemoteEndPoint?.ToString() ?? "", watch.Took(SendStage.Connect)));
        watch.Arm(limits.Tls);
        try
        {
            await client.ConnectAsync(socket, options.Host, port, options.Security switch
            {
                SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
                // Never "when available": somebody in between could take the offer out.
                SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
                _ => SecureSocketOptions.None,
            }, cancellationToken);
        }
        catch (NotSupportedException)
        {
            watch.Stage = SendStage.StartTls;
            throw new SmtpException(Said.Of(nameof(SaidText.NoStartTls)));
        }
        // What hand-over means is counted for DATA; parts in binary would go by BDAT.
        client.Capabilities &= ~SmtpCapabilities.BinaryMime;
        watch.Stage = SendStage.Auth;
        _steps.Add(new(SendStage.Greeting, watch.Greeting, watch.Took(SendStage.Greeting)));
        if (client.IsSecure)
            _steps.Add(new(SendStage.StartTls, $"{client.SslProtocol}, {client.SslCipherSuite}", watch.Took(SendStage.StartTls)));
    }

    /// <summary>By one mechanism of ours: the library would try whatever is offered, and over any line.</summary>
    private async Task SignInAsync(SmtpTransport client, SmtpWatch watch, CancellationToken cancellationToken)
    {
        _scope = SendScope.Auth;
        if (!client.IsEncrypted && !client.IsLoopback)
            throw new SmtpException(Said.Of(nameof(SaidText.NotEncrypted)));
        var offered = client.AuthenticationMechanisms;
        var mechanism = _signIn.Choose(offered) ?? throw new SmtpException(_signIn.WhyNone(offered));
        _scope = SendScope.Connection;
        var welcome = "";
        client.Authenticated += (_, e) => welcome = e.Message;
        await client.AuthenticateAsync(mechanism, cancellationToken);
        watch.Stage = SendStage.Sender;
        _steps.Add(new(SendStage.Auth, $"{mechanism.MechanismName}: {client.Reply(235, welcome)}", watch.Took(SendStage.Auth)));
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
