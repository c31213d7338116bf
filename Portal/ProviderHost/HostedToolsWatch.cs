using Portal.Data;

namespace Portal.ProviderHost;

/// <summary>Looks twice a minute whether another portal, or somebody at the database, changed an account.</summary>
public sealed partial class HostedToolsWatch(
    HostedTools tools, IServiceScopeFactory scopes, TimeProvider clock, ILogger<HostedToolsWatch> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal ends, or could not start: the host would log that as a failure of ours.
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await tools.RefreshAsync(scope.ServiceProvider.GetRequiredService<PortalDbContext>(), stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Without a database the accounts stay as they are.
            Log.NotLooked(log, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The accounts of the meeting tools could not be looked at ({Reason})")]
        public static partial void NotLooked(ILogger log, string reason);
    }
}
