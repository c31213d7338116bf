using Microsoft.Extensions.Options;

namespace Portal.Mentors;

/// <summary>
/// Whom the start page shows: those who are free soonest. Anybody may ask for that page as often as they like, so that it is
/// read once a minute and no more.
/// </summary>
public sealed class SoonestMentors(IServiceScopeFactory scopes, IOptions<DirectoryOptions> options, TimeProvider clock)
{
    public const int Count = 3;

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _reading = new(1);
    private (DateTimeOffset At, MentorPage Page) _last = (DateTimeOffset.MinValue, Nobody);

    private static MentorPage Nobody => new([], 0, [], []);

    /// <summary>Empty where the directory is not public.</summary>
    public async Task<MentorPage> ReadAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.PublicDirectory)
            return Nobody;
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (clock.GetUtcNow() - _last.At is var age && (age >= Life || age < TimeSpan.Zero))
            {
                await using var scope = scopes.CreateAsyncScope();
                var page = await scope.ServiceProvider.GetRequiredService<MentorDirectory>()
                    .FindAsync(new(null, null, null, SoonestFirst: true), 0, Count, cancellationToken);
                _last = (clock.GetUtcNow(), page with { Items = [.. page.Items.Where(m => m.NextFree is not null)] });
            }
            return _last.Page;
        }
        finally
        {
            _reading.Release();
        }
    }
}
