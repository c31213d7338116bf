using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Localization;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Portal.Mail.Delivery;

namespace Portal.Mail.Smtp;

/// <summary>MailKit's client with the portal's rules: whose certificate, which bytes, whose answer.</summary>
internal sealed partial class SmtpTransport : SmtpClient
{
    private readonly Socket _socket;
    private readonly SmtpWatch _watch;
    private readonly SmtpSignIn _signIn;
    private readonly X509ChainPolicy? _trust;
    private SmtpTransfer? _transfer;
    private string? _certificateProblem;

    /// <param name="trust">Whom to trust instead of the machine's own authorities.</param>
    public SmtpTransport(Socket socket, SmtpWatch watch, SmtpSignIn signIn, X509ChainPolicy? trust)
        : base(watch)
    {
        (_socket, _watch, _signIn, _trust) = (socket, watch, signIn, trust);
        CheckCertificateRevocation = false;
        ServerCertificateValidationCallback = (host, _, chain, errors) => (_certificateProblem = ProblemOf(host, chain, errors)) is null;
    }

    public bool IsLoopback => _socket.RemoteEndPoint is IPEndPoint { Address: var address }
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    public async Task<SmtpReply> SendAsync(SmtpTransfer transfer, CancellationToken cancellationToken)
    {
        _transfer = transfer;
        var format = FormatOptions.Default;
        return Reply(250, await SendAsync(format, transfer.Message!, transfer.Sender, transfer.Recipients, cancellationToken, _watch));
    }

    /// <summary>No text of a server leaves here with a secret in it.</summary>
    public SmtpReply Reply(int code, string text) => new(code, _signIn.Hide(text));

    /// <summary>Why the connection cannot go on, and what the server said where that was the reason.</summary>
    public (string Text, SmtpReply? Reply) Trouble(Exception e)
    {
        var reply = e switch
        {
            SmtpException ours => ours.Reply,
            SmtpCommandException theirs => Reply((int)theirs.StatusCode, theirs.Message),
            AuthenticationException refused => RefusedSignIn(refused.Message),
            _ => null,
        };
        if (reply is { IsRefusal: true })
            return (reply.Text, reply);
        return (reply is null ? _watch.WhyOver ?? _certificateProblem ?? Words(e) : OutOfTurn(reply).Message, null);
    }

    public static SmtpException OutOfTurn(SmtpReply reply) => new(Said.Of(nameof(SaidText.OutOfTurn), reply.Code));

    protected override SslClientAuthenticationOptions GetSslClientAuthenticationOptions(
        string host, RemoteCertificateValidationCallback remoteCertificateValidationCallback)
    {
        var options = base.GetSslClientAuthenticationOptions(host, remoteCertificateValidationCallback);
        options.CertificateChainPolicy = _trust;
        return options;
    }

    /// <summary>A mail leaves as it was rendered and signed.</summary>
    protected override void Prepare(FormatOptions options, MimeMessage message, EncodingConstraint constraint, int maxLineLength)
    {
    }

    /// <summary>Else the message is written once more, to be measured.</summary>
    protected override Task<long> GetSizeAsync(FormatOptions options, MimeMessage message, CancellationToken cancellationToken) =>
        Task.FromResult((long)_transfer!.Length);

    protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        _transfer!.Mark(SendStage.Sender, Reply((int)response.StatusCode, response.Response));
        _watch.Stage = SendStage.Recipient;
    }

    protected override void OnSenderNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        Refusal(response);
        base.OnSenderNotAccepted(message, mailbox, response);
    }

    protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        if (_watch.Stage == SendStage.Sender)
            return; // said in one go, answered in turn, whatever came of the sender
        var reply = Reply((int)response.StatusCode, response.Response);
        _transfer!.Answered(mailbox, reply.IsPositive ? reply : throw OutOfTurn(reply));
        _transfer.Mark(SendStage.Recipient, reply);
    }

    /// <summary>Says nothing of the others, and so does not throw.</summary>
    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        if (_watch.Stage != SendStage.Sender)
            _transfer!.Answered(mailbox, Refusal(response));
    }

    private SmtpReply Refusal(SmtpResponse response)
    {
        var reply = Reply((int)response.StatusCode, response.Response);
        return reply.Code == SmtpReply.Closing ? throw new SmtpException(reply.Text, reply)
            : reply.IsRefusal ? reply
            : throw OutOfTurn(reply);
    }

    /// <summary>MailKit gives the code in the text alone, and none with 534.</summary>
    private SmtpReply RefusedSignIn(string message) => CodeAndText().Match(message) is { Success: true } found
        ? Reply(int.Parse(found.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), found.Groups[2].Value)
        : Reply(534, message);

    /// <summary>MailKit's words may hold the server's last answer.</summary>
    private string Words(Exception e) =>
        SmtpReply.Clean(_signIn.Hide(e is SslHandshakeException { InnerException: { } inner } ? inner.Message : e.Message));

    private static string? ProblemOf(object host, X509Chain? chain, SslPolicyErrors errors) =>
        errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? Said.Of(nameof(SaidText.NoCertificate))
        : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? Said.Of(nameof(SaidText.OtherCertificate), host)
        : errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)
            ? Said.Of(nameof(SaidText.BadCertificate), string.Join(", ", (chain?.ChainStatus ?? []).Select(s => s.Status).Distinct()))
        : null;

    [GeneratedRegex(@"^(\d{3}): (.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex CodeAndText();
}
