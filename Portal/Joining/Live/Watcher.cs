using System.Threading.Channels;

namespace Portal.Joining.Live;

/// <summary>One page that listens. However much happens before it looks again, it is told once.</summary>
/// <param name="end">Takes it from those that listen.</param>
/// <param name="atDoor">The participant whose page waits at the door; null for all other pages.</param>
internal sealed class Watcher(Action<Watcher> end, Guid? atDoor) : IDisposable
{
    public Guid? AtDoor => atDoor;

    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Tell() => _news.Writer.TryWrite(true);

    /// <summary>True when there is news, false when there was none for so long.</summary>
    public async Task<bool> WaitAsync(TimeSpan time, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(time, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        try
        {
            return await _news.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose() => end(this);
}
