using System.Collections.Concurrent;

namespace Portal.People.Profile;

/// <summary>Pictures that are being drawn: one of each person, few at once, and not many that wait.</summary>
public sealed class PictureQueue(PictureProcess process)
{
    public const int MaxAtOnce = 2;
    public const int MaxWaiting = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim free = new(MaxAtOnce);
    private readonly ConcurrentDictionary<Guid, bool> people = new();

    public async Task<(PictureProblem Problem, byte[] Jpeg)> DrawAsync(Guid userId, byte[] file, CancellationToken cancellationToken)
    {
        if (PictureFile.Judge(file) is var wrong and not PictureProblem.None)
            return (wrong, []);
        if (!people.TryAdd(userId, true))
            return (PictureProblem.OneAtATime, []);
        try
        {
            if (people.Count > MaxAtOnce + MaxWaiting || !await free.WaitAsync(Patience, cancellationToken))
                return (PictureProblem.Busy, []);
            try
            {
                return await process.DrawAsync(file, cancellationToken);
            }
            finally
            {
                free.Release();
            }
        }
        finally
        {
            people.TryRemove(userId, out _);
        }
    }
}
