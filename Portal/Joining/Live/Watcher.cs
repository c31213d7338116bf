namespace Portal.Joining.Live;

/// <summary>What a page is told that listens.</summary>
[Flags]
internal enum News
{
    None = 0,
    Session = 1,

    /// <summary>The texts beside it.</summary>
    Notes = 2,
}

/// <summary>One page that listens. However much happens before it looks again, it is told once.</summary>
/// <param name="end">Takes it from those that listen.</param>
/// <param name="atDoor">The participant whose page waits at the door; null for all other pages.</param>
internal sealed class Watcher(Action<Watcher> end, Guid? atDoor) : IDisposable
{
    private readonly SemaphoreSlim _told = new(0);
    private int _news;

    public Guid? AtDoor => atDoor;

    public void Tell(News news)
    {
        if (Interlocked.Or(ref _news, (int)news) == 0)
            _told.Release();
    }

    /// <summary>None when there was nothing for so long.</summary>
    public async Task<News> WaitAsync(TimeSpan time, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(time, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        try
        {
            await _told.WaitAsync(either.Token);
            return (News)Interlocked.Exchange(ref _news, 0);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return News.None;
        }
    }

    public void Dispose()
    {
        // From then on nobody tells it anything.
        end(this);
        _told.Dispose();
    }
}
