using System.Threading.Channels;

namespace Portal.Mail.Queue;

/// <summary>Says that mails were committed. Many calls in a row are one: whoever hears it empties the outbox.</summary>
public sealed class OutboxSignal
{
    private readonly Channel<bool> _channel =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _channel.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await _channel.Reader.ReadAsync(cancellationToken);
}
