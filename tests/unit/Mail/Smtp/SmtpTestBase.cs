using System.Security.Cryptography.X509Certificates;
using System.Text;
using Portal.Mail.Delivery;
using Portal.Mail.Smtp;

namespace Tests.Mail.Smtp;

/// <summary>A scripted server, and a client of ours that talks to it.</summary>
public abstract class SmtpTestBase : IAsyncDisposable
{
    private readonly List<IMailSession> _sessions = [];

    internal ScriptedServer Server { get; } = new();

    internal SmtpOptions Options { get; } = new() { Host = "localhost", Security = SmtpSecurity.None };

    internal SmtpLimits Limits { get; set; } = new();

    internal X509ChainPolicy? Trust { get; set; } = TestCertificate.Trust;

    internal static SmtpLimits Every(TimeSpan time) =>
        new() { Connect = time, Tls = time, Reply = time, Write = time, Accept = time, AcceptWhenStopping = time, Quit = time };

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions)
            await session.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal async Task<IMailSession> OpenAsync(CancellationToken cancellationToken = default)
    {
        Options.Port = Options.Port == 0 ? Server.Port : Options.Port;
        var session = await SmtpMailSender.OpenAsync(Options, "portal.test", Limits, Trust, cancellationToken);
        _sessions.Add(session);
        return session;
    }

    internal async Task<SendResult> SendAsync(OutgoingMail? mail = null) =>
        await (await OpenAsync()).SendAsync(mail ?? Mail(), CancellationToken.None);

    internal static OutgoingMail Mail(
        string to = "mentee@example.org", string body = "Hello\r\n", string? from = "no-reply@majlis.example") => Mail([to], body, from);

    internal static OutgoingMail Mail(string[] to, string body = "Hello\r\n", string? from = "no-reply@majlis.example") => new(
        Guid.CreateVersion7(), "1@majlis.example", DateTimeOffset.UnixEpoch, from, to,
        Encoding.UTF8.GetBytes("Subject: Test\r\n\r\n" + body));

    /// <summary>The commands that came after the opening.</summary>
    internal string[] Transfer =>
        [.. Server.Commands.SkipWhile(c => !c.StartsWith("MAIL", StringComparison.Ordinal)).TakeWhile(c => c != "QUIT")];
}
