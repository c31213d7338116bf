using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Portal.People.Accounts;

/// <summary>
/// What is done after the answer, so that its time tells nothing: forms that anybody can send with anybody's address answer before they
/// know anything of it. Little is lost with a portal that dies in that moment: the person asks again.
/// </summary>
public sealed partial class LaterWork(
    IServiceScopeFactory scopes, IHttpContextAccessor http, IOptions<AccountOptions> options, ILogger<LaterWork> log) : BackgroundService
{
    private const int MaxWaiting = 1000;

    private readonly Channel<Job> _waiting = Channel.CreateBounded<Job>(new BoundedChannelOptions(MaxWaiting));

    /// <summary>Returns at once; where nothing more fits in, or the portal answers last, when it is done.</summary>
    public async Task DoAsync<TService>(Func<TService, CancellationToken, Task> work, CancellationToken cancellationToken)
        where TService : notnull
    {
        Task Run(IServiceProvider services, CancellationToken cancel) => work(services.GetRequiredService<TService>(), cancel);
        var asked = http.HttpContext;
        if (options.Value.AnswerFirst && _waiting.Writer.TryWrite(new(Run, asked?.Connection.RemoteIpAddress, asked?.TraceIdentifier)))
            return;
        await using var scope = scopes.CreateAsyncScope();
        await Run(scope.ServiceProvider, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var stop = stoppingToken.Register(() => _waiting.Writer.TryComplete());
        // What waits when the portal is told to stop is still done, for as long as the host has patience.
        await foreach (var job in _waiting.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                // The trail says from where it was asked; the request itself is over.
                http.HttpContext = new DefaultHttpContext
                {
                    Connection = { RemoteIpAddress = job.Address },
                    TraceIdentifier = job.Trace ?? "-",
                    RequestServices = scope.ServiceProvider,
                };
                await job.Run(scope.ServiceProvider, CancellationToken.None);
            }
            catch (Exception e)
            {
                Log.NotDone(log, e.GetType().Name);
            }
        }
    }

    private sealed record Job(Func<IServiceProvider, CancellationToken, Task> Run, IPAddress? Address, string? Trace);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A sign-up or a forgotten password could not be worked on ({Reason})")]
        public static partial void NotDone(ILogger log, string reason);
    }
}
