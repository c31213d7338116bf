using System.Diagnostics;
using Localization;
using MailKit.Net.Smtp;
using MimeKit;
using Portal.Mail.Delivery;

namespace Portal.Mail.Smtp;

/// <summary>One mail on its way: what must hold before it is tried, who was answered what, and what that means.</summary>
internal sealed class SmtpTransfer(OutgoingMail mail) : IDisposable
{
    private readonly List<SendStep> _steps = [];
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly MailboxAddress?[] _mailboxes = new MailboxAddress?[mail.Recipients.Count];
    private readonly string[] _problems = new string[mail.Recipients.Count];
    // By address: MailKit names a recipient once that a mail names twice.
    private readonly Dictionary<string, SmtpReply> _answers = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<SendStep> Steps => _steps;

    public int Length => mail.Message.Length;

    public int WireLength => SmtpContent.WireLength(mail.Message.Span);

    public MimeMessage? Message { get; private set; }

    public MailboxAddress Sender { get; private set; } = null!;

    public IEnumerable<MailboxAddress> Recipients => _mailboxes.OfType<MailboxAddress>();

    /// <summary>Why the mail is not even tried; null when it can be. MailKit asks none of this.</summary>
    public SendResult? Refusal(SmtpCapabilities offered, long maxBytes)
    {
        var message = mail.Message.Span;
        var utf8 = offered.HasFlag(SmtpCapabilities.UTF8);
        if (SmtpContent.Problem(message) is { } problem)
            return Result(SendVerdict.Rejected, SendScope.Message, SendStage.Content, problem);
        if (maxBytes > 0 && message.Length > maxBytes)
            return Result(SendVerdict.Rejected, SendScope.Message, SendStage.Sender,
                Said.Of(nameof(SaidText.TooManyBytes), message.Length, maxBytes));
        if (SmtpAddress.TryRead(mail.Sender, utf8, out problem) is not { } sender)
            return Result(SendVerdict.Rejected, SendScope.Message, SendStage.Sender, problem);
        for (var i = 0; i < _mailboxes.Length; i++)
            _mailboxes[i] = SmtpAddress.TryRead(mail.Recipients[i], utf8, out _problems[i]);
        if (!Recipients.Any())
            return NobodyAccepted();
        var eightBit = SmtpContent.HasEightBitHead(message);
        if (eightBit && !utf8)
            return Result(SendVerdict.Rejected, SendScope.Message, SendStage.Content,
                Said.Of(nameof(SaidText.NoUtf8Head)));
        Sender = sender;
        // SMTPUTF8 is said for the head as well. MailKit looks at addresses alone, and at their routes, which it does not write.
        if (eightBit)
            Sender.Route.Add("é");
        return Read();
    }

    public void Answered(MailboxAddress recipient, SmtpReply reply) => _answers[recipient.Address] = reply;

    public void Mark(SendStage stage, SmtpReply reply)
    {
        _steps.Add(new(stage, reply.ToString(), _time.Elapsed));
        _time.Restart();
    }

    public SendResult Accepted(SmtpReply reply)
    {
        Mark(SendStage.Content, reply);
        return Of(reply, SendStage.Content);
    }

    /// <summary>What the answer means that ended the mail; null when it has no place there.</summary>
    public SendResult? Judge(SmtpReply reply, SendStage stage, bool isHandedOver) => stage switch
    {
        SendStage.Recipient when reply.Code != SmtpReply.SignInFirst => NobodyAccepted(),
        // Success by RFC 5321 §4.2.1, and an error for MailKit when it is not 250.
        SendStage.Content when isHandedOver && reply.IsPositive => Accepted(reply),
        _ when reply.Code == SmtpReply.Closing || !reply.IsRefusal => null,
        // These are about the portal, not about this mail: it waits until that is mended.
        SendStage.Sender when reply.Code is SmtpReply.SignInFirst or 534 or 535 or 538 => SignInFirst(reply, stage),
        SendStage.Recipient => SignInFirst(reply, stage),
        _ => Of(reply, stage),
    };

    /// <summary>What is known when the connection is not good for anything any more.</summary>
    public SendResult Broken(string text, SmtpReply? reply, SendStage stage, bool isHandedOver) =>
        Result(isHandedOver && reply is null ? SendVerdict.InDoubt : SendVerdict.Deferred, SendScope.Connection, stage, text, reply);

    /// <summary>The same for everybody, but for those who were refused for themselves.</summary>
    public SendResult Result(SendVerdict verdict, SendScope scope, SendStage stage, string text, SmtpReply? reply = null) =>
        new(verdict, scope, stage, text)
        {
            Code = reply?.Code,
            EnhancedCode = reply?.EnhancedCode,
            Recipients = [.. All(recipient => new(recipient, verdict, reply?.Code, reply?.EnhancedCode, text))],
        };

    public void Dispose() => Message?.Dispose();

    private SendResult? Read()
    {
        Message = SmtpContent.TryRead(mail.Message);
        return Message is not null ? null
            : Result(SendVerdict.Rejected, SendScope.Message, SendStage.Content,
                Said.Of(nameof(SaidText.NotWellFormed)));
    }

    private SendResult SignInFirst(SmtpReply reply, SendStage stage) =>
        Result(SendVerdict.Deferred, SendScope.Auth, stage, reply.Text, reply);

    private SendResult Of(SmtpReply reply, SendStage stage) => Result(Verdict(reply), SendScope.Message, stage, reply.Text, reply);

    /// <summary>For good only if nobody may be accepted later.</summary>
    private SendResult NobodyAccepted()
    {
        var all = All(recipient => new(recipient, SendVerdict.Rejected, null, null, Said.Of(nameof(SaidText.NobodyLeft)))).ToList();
        var first = all.FirstOrDefault(r => r.Verdict == SendVerdict.Deferred) ?? all.FirstOrDefault();
        var text = first?.Text ?? Said.Of(nameof(SaidText.NoRecipient));
        return new(first?.Verdict ?? SendVerdict.Rejected, SendScope.Recipient, SendStage.Recipient, text)
        {
            Code = first?.Code,
            EnhancedCode = first?.EnhancedCode,
            Recipients = all,
        };
    }

    private IEnumerable<RecipientResult> All(Func<string, RecipientResult> other) =>
        mail.Recipients.Select((recipient, i) => Own(i) ?? other(recipient));

    private RecipientResult? Own(int index) => _mailboxes[index] is not { } mailbox
        ? _problems[index] is { } problem ? new(mail.Recipients[index], SendVerdict.Rejected, null, null, problem) : null
        : _answers.TryGetValue(mailbox.Address, out var answer) && !answer.IsPositive
            ? new(mail.Recipients[index], Verdict(answer), answer.Code, answer.EnhancedCode, answer.Text)
            : null;

    private static SendVerdict Verdict(SmtpReply reply) =>
        reply.IsPositive ? SendVerdict.Accepted : reply.IsTemporary ? SendVerdict.Deferred : SendVerdict.Rejected;
}
