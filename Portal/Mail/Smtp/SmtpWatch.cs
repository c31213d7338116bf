using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Localization;
using MailKit;
using MailKit.Net.Smtp;
using Portal.Mail.Delivery;

namespace Portal.Mail.Smtp;

/// <summary>
/// What MailKit does not watch: how long a server may take, how much it may say, and from when on it may have the whole mail.
/// MailKit tells of every write and every read, in the clear also under TLS; an exception from here ends the connection.
/// </summary>
internal sealed class SmtpWatch(Socket socket, SmtpLimits limits) : IProtocolLogger, ITransferProgress
{
    private const int MaxAnswerBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Stopwatch _sinceStage = Stopwatch.StartNew();
    private readonly Dictionary<SendStage, TimeSpan> _took = [];
    private readonly List<byte> _greeting = [];
    private CancellationTokenSource? _work;
    private CancellationTokenRegistration _told;
    private CancellationToken _caller;
    private TimeSpan _limit;
    private int _wireLength;
    private int _answered;
    private bool _hasWritten;
    private bool _isStartingTls;

    public SendStage Stage
    {
        get;
        set
        {
            _took[field] = _took.GetValueOrDefault(field) + _sinceStage.Elapsed;
            _sinceStage.Restart();
            field = value;
        }
    }

    /// <summary>The server may have the whole mail: nothing but its answer tells whether it has.</summary>
    public bool IsHandedOver { get; private set; }

    /// <summary>In the server's words, with the code.</summary>
    public string Greeting => SmtpReply.Clean(Encoding.UTF8.GetString([.. _greeting]));

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    public TimeSpan Took(SendStage stage) => _took.GetValueOrDefault(stage);

    /// <summary>Starts a piece of work: the opening, or one mail.</summary>
    /// <param name="wireLength">The bytes after which the content is handed over.</param>
    /// <returns>What ends it: a limit, or the caller unless the mail is handed over.</returns>
    public CancellationToken Begin(SendStage stage, TimeSpan limit, int wireLength, CancellationToken caller)
    {
        (Stage, IsHandedOver, _wireLength, _caller, _work) = (stage, false, wireLength, caller, new());
        Arm(limit);
        _told = caller.Register(Stop);
        return _work.Token;
    }

    /// <summary>Gives the server so much time from now on.</summary>
    public void Arm(TimeSpan limit)
    {
        lock (_gate)
        {
            _limit = IsHandedOver && _caller.IsCancellationRequested ? limits.AcceptWhenStopping : limit;
            _work?.CancelAfter(_limit);
        }
    }

    public void End()
    {
        _told.Dispose();
        _work?.Dispose();
        _work = null;
    }

    /// <summary>Why the work was ended from here; null when it was not.</summary>
    public string? WhyOver => _work?.IsCancellationRequested != true ? null
        : _caller.IsCancellationRequested ? Said.Of(nameof(SaidText.Stopped))
        : Said.Of(nameof(SaidText.NoAnswer), _limit.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture));

    public void LogConnect(Uri uri)
    {
        Stage = SendStage.Greeting;
        Arm(limits.Reply);
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        var written = buffer.AsSpan(offset, count);
        (_hasWritten, _answered, _isStartingTls) = (true, 0, written.SequenceEqual("STARTTLS\r\n"u8));
        // Time is given after a write only: a server that says a byte now and then gains none.
        Arm(IsHandedOver ? limits.Accept : Stage == SendStage.Content ? limits.Write : limits.Reply);
        if (_isStartingTls)
            Stage = SendStage.StartTls;
        else if (Stage == SendStage.Recipient && written.SequenceEqual("DATA\r\n"u8))
            Stage = SendStage.Content;
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        var read = buffer.AsSpan(offset, count);
        if ((_answered += count) > MaxAnswerBytes)
            throw new SmtpProtocolException(Said.Of(nameof(SaidText.AnswerTooLong)));
        if (!_hasWritten)
            _greeting.AddRange(read);
        // What came before the handshake came from anybody (RFC 3207 §6). MailKit forgets it; the portal goes no further.
        if (!_isStartingTls || read.IndexOf((byte)'\n') is not (>= 0 and var end))
            return;
        if (end + 1 < count)
            throw new SmtpProtocolException(Said.Of(nameof(SaidText.SentMore)));
        _isStartingTls = false;
        Arm(limits.Tls);
    }

    /// <summary>Comes before the dot that ends the mail is written: until here, nothing is lost by giving up.</summary>
    public void Report(long bytesTransferred, long totalSize)
    {
        if (IsHandedOver || bytesTransferred < _wireLength)
            return;
        if (socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0)
            throw new SmtpProtocolException(Said.Of(nameof(SaidText.Closed)));
        lock (_gate)
        {
            _caller.ThrowIfCancellationRequested();
            IsHandedOver = true;
        }
        Arm(limits.Accept);
    }

    public void Report(long bytesTransferred) => Report(bytesTransferred, _wireLength);

    public void Dispose() => End();

    private void Stop()
    {
        lock (_gate)
        {
            if (IsHandedOver)
            {
                Arm(limits.AcceptWhenStopping);
                return;
            }
        }
        _work?.Cancel();
    }
}
