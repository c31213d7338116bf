using System.Diagnostics;
using System.Globalization;
using System.Text;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;

namespace Portal.Mail.Smtp;

/// <summary>One mail over an open connection: MAIL, RCPT, DATA, content; in one go where the server takes that (RFC 2920).</summary>
internal sealed class SmtpTransfer(SmtpConnection connection, SmtpCapabilities capabilities, SmtpLimits limits, OutgoingMail mail)
{
    private const int Block = 64 * 1024;

    private readonly List<SendStep> _steps = [];
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly SmtpReply?[] _answers = new SmtpReply?[mail.Recipients.Count];
    private readonly string?[] _problems = new string?[mail.Recipients.Count];
    private SendStage _stage = SendStage.Sender;

    public IReadOnlyList<SendStep> Steps => _steps;

    /// <summary>The server holds a mail that has not ended: it must be told to forget it.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>From the last block on, the server may have the whole mail.</summary>
    public bool IsHandedOver { get; private set; }

    public async Task<SendResult> RunAsync(CancellationToken cancellationToken)
    {
        var message = mail.Message.Span;
        var headers = SmtpContent.HasEightBitHeaders(message);
        var utf8 = headers || SmtpAddress.NeedsUtf8(mail.Sender) || mail.Recipients.Any(SmtpAddress.NeedsUtf8);
        var eightBit = headers || !Ascii.IsValid(message);
        if (SmtpContent.Problem(message) is { } problem)
            return Result(SendVerdict.Rejected, SendScope.Message, SendStage.Content, problem);
        if (capabilities.MostBytes > 0 && message.Length > capabilities.MostBytes)
            return Result(SendVerdict.Rejected, SendScope.Message, SendStage.Sender, $"The message has {message.Length} bytes, and the server takes {capabilities.MostBytes} at most.");
        if (SmtpAddress.TryWrite(mail.Sender, capabilities.Utf8, out problem) is not { } sender)
            return Result(SendVerdict.Rejected, SendScope.Message, SendStage.Sender, problem);

        var recipients = new List<(int Index, string Command)>();
        for (var i = 0; i < mail.Recipients.Count; i++)
        {
            if (SmtpAddress.TryWrite(mail.Recipients[i], capabilities.Utf8, out problem) is { } path)
                recipients.Add((i, $"RCPT TO:{path}\r\n"));
            else
                _problems[i] = problem;
        }
        if (recipients.Count == 0)
            return Refused();
        if (headers && !capabilities.Utf8)
            return Result(SendVerdict.Rejected, SendScope.Message, SendStage.Content, "The message's head holds letters outside ASCII, and the server offers no SMTPUTF8.");
        if (eightBit && !capabilities.EightBit)
            return Result(SendVerdict.Rejected, SendScope.Message, SendStage.Content, "The message holds 8-bit text, and the server offers no 8BITMIME.");

        var command = $"MAIL FROM:{sender}"
            + (capabilities.Size ? string.Create(CultureInfo.InvariantCulture, $" SIZE={message.Length}") : "")
            + (eightBit ? " BODY=8BITMIME" : "")
            + (utf8 && capabilities.Utf8 ? " SMTPUTF8" : "") + "\r\n";
        return await EnvelopeAsync(command, recipients, cancellationToken);
    }

    private async Task<SendResult> EnvelopeAsync(string sender, List<(int Index, string Command)> recipients, CancellationToken cancellationToken)
    {
        var atOnce = capabilities.Pipelining;
        IsOpen = true;
        if (atOnce)
            await connection.WriteAsync(string.Concat(recipients.Select(r => r.Command).Prepend(sender).Append("DATA\r\n")), cancellationToken);

        var sent = await AskAsync(sender, cancellationToken);
        Mark(sent);
        // Said in one go, everything is answered in turn, whatever came of what was before it.
        if (sent.IsPositive || atOnce)
        {
            _stage = sent.IsPositive ? SendStage.Recipient : _stage;
            foreach (var (index, command) in recipients)
            {
                var answer = await AskAsync(command, cancellationToken);
                if (sent.IsPositive)
                    _answers[index] = answer;
                Mark(answer);
            }
        }
        var anybody = sent.IsPositive && _answers.Any(a => a?.IsPositive == true);
        if (!anybody && !atOnce)
            return sent.IsPositive ? Refused() : SenderRefused(sent);

        _stage = anybody ? SendStage.Content : _stage;
        var ready = await AskAsync("DATA\r\n", cancellationToken, intermediate: true);
        if (ready.IsIntermediate)
            IsOpen = false; // the dot ends it
        if (anybody)
            return ready.IsIntermediate ? await ContentAsync(cancellationToken) : Of(ready, SendScope.Message);
        if (ready.IsIntermediate)
        {
            // It wants a content although nobody is there to get it: an empty one, to nobody.
            await connection.WriteAsync(".\r\n", cancellationToken);
            await connection.ReadAsync(cancellationToken);
        }
        return sent.IsPositive ? Refused() : SenderRefused(sent);

        async Task<SmtpReply> AskAsync(string command, CancellationToken token, bool intermediate = false)
        {
            if (!atOnce)
                await connection.WriteAsync(command, token);
            return InTurn(await connection.ReadAsync(token), intermediate);
        }
    }

    private async Task<SendResult> ContentAsync(CancellationToken cancellationToken)
    {
        using var content = SmtpContent.Of(mail.Message.Span);
        var rest = content.Bytes;
        for (; rest.Length > Block; rest = rest[Block..])
            await connection.WriteAsync(rest[..Block], cancellationToken);
        if (connection.IsClosedByServer)
            throw new SmtpException("The server closed the connection.");
        cancellationToken.ThrowIfCancellationRequested();

        IsHandedOver = true;
        using var stopping = new CancellationTokenSource();
        await using var told = cancellationToken.Register(() => stopping.CancelAfter(limits.AcceptWhenStopping));
        await connection.WriteAsync(rest, stopping.Token);
        var accepted = InTurn(await connection.ReadAsync(limits.Accept, stopping.Token), intermediate: false);
        Mark(accepted);
        return Of(accepted, SendScope.Message);
    }

    /// <summary>What is known when the connection is not good for anything any more.</summary>
    public SendResult Broken(SmtpException e) => Result(
        IsHandedOver && e.Reply is null ? SendVerdict.InDoubt : SendVerdict.Deferred, SendScope.Connection, _stage, e.Message, e.Reply);

    /// <summary>The same for everybody, but for those who were refused for themselves.</summary>
    public SendResult Result(SendVerdict verdict, SendScope scope, SendStage stage, string text, SmtpReply? reply = null) => new(verdict, scope, stage, text)
    {
        Code = reply?.Code,
        EnhancedCode = reply?.EnhancedCode,
        Recipients = [.. mail.Recipients.Select((recipient, i) => Own(i) ?? new(recipient, verdict, reply?.Code, reply?.EnhancedCode, text))],
    };

    /// <summary>Answers that say that one has to sign in first are about us, not about this mail: it waits until that is mended.</summary>
    private SendResult SenderRefused(SmtpReply reply) => reply.Code is 530 or 534 or 535 or 538
        ? Result(SendVerdict.Deferred, SendScope.Auth, SendStage.Sender, reply.Text, reply)
        : Of(reply, SendScope.Message);

    private SendResult Of(SmtpReply reply, SendScope scope) => Result(Verdict(reply), scope, _stage, reply.Text, reply);

    /// <summary>All of them were refused. For good only if nobody may be accepted later.</summary>
    private SendResult Refused()
    {
        var all = mail.Recipients.Select((recipient, i) => Own(i) ?? new(recipient, SendVerdict.Rejected, null, null, "There is nobody to send it to.")).ToList();
        var first = all.FirstOrDefault(r => r.Verdict == SendVerdict.Deferred) ?? all.FirstOrDefault();
        return new(first?.Verdict ?? SendVerdict.Rejected, SendScope.Recipient, SendStage.Recipient, first?.Text ?? "The mail has no recipient.")
        {
            Code = first?.Code,
            EnhancedCode = first?.EnhancedCode,
            Recipients = all,
        };
    }

    private RecipientResult? Own(int index) =>
        _problems[index] is { } problem ? new(mail.Recipients[index], SendVerdict.Rejected, null, null, problem)
        : _answers[index] is { IsPositive: false } answer ? new(mail.Recipients[index], Verdict(answer), answer.Code, answer.EnhancedCode, answer.Text)
        : null;

    private static SendVerdict Verdict(SmtpReply reply) =>
        reply.IsPositive ? SendVerdict.Accepted : reply.IsTemporary ? SendVerdict.Deferred : SendVerdict.Rejected;

    private static SmtpReply InTurn(SmtpReply reply, bool intermediate)
    {
        if (reply.Code == SmtpReply.Closing)
            throw new SmtpException(reply.Text, reply);
        return reply.IsRefusal || reply.IsPositive != intermediate && reply.IsIntermediate == intermediate
            ? reply
            : throw new SmtpException($"The server's answer {reply.Code.ToString(CultureInfo.InvariantCulture)} is out of turn.");
    }

    private void Mark(SmtpReply reply)
    {
        if (!reply.IsPositive)
            return;
        _steps.Add(new(_stage, reply.ToString(), _time.Elapsed));
        _time.Restart();
    }
}
