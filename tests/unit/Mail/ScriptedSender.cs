using System.Collections.Concurrent;
using Portal.Mail.Delivery;

namespace Tests.Mail;

/// <summary>A way out that answers what the test says.</summary>
internal sealed class ScriptedSender : IMailSender
{
    private int _open;

    public Func<OutgoingMail, SendResult> Answer { get; set; } = mail => SendResult.Accepted(mail.Recipients, "ok");

    public ConcurrentBag<OutgoingMail> Tried { get; } = [];

    /// <summary>Connections that were opened, in all and at the same time.</summary>
    public int Opened { get; private set; }

    public int MaxAtOnce { get; private set; }

    public Task<IMailSession> OpenAsync(CancellationToken cancellationToken)
    {
        lock (this)
        {
            Opened++;
            MaxAtOnce = Math.Max(MaxAtOnce, ++_open);
        }
        return Task.FromResult<IMailSession>(new Session(this));
    }

    private sealed class Session(ScriptedSender sender) : IMailSession
    {
        public bool SessionUsable { get; private set; } = true;

        public async Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
        {
            Assert.True(SessionUsable);
            await Task.Yield(); // so that two dispatchers really meet
            sender.Tried.Add(mail);
            var result = sender.Answer(mail);
            SessionUsable = result.Verdict == SendVerdict.Accepted || result.Scope is not (SendScope.Connection or SendScope.Auth);
            return result;
        }

        public ValueTask DisposeAsync()
        {
            lock (sender)
                sender._open--;
            return ValueTask.CompletedTask;
        }
    }
}
