using System.Globalization;
using System.Text.Json;
using Localization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.Settings;
using Providers;

namespace Portal.ProviderHost;

/// <summary>
/// All meeting providers, by id; the only thing that the rest of the portal uses. Every call has a time limit, and what
/// goes wrong in a plugin comes out as a <see cref="ProviderException"/>, whatever it was.
/// </summary>
public sealed class MeetingProviders
{
    private const int MaxStuckCalls = 8;
    private const int MaxHandleCharacters = 2000;

    private readonly Lazy<Task<IReadOnlyList<HostedPlugin>>> loading;
    private readonly TimeSpan limit;
    private readonly string defaultTool;
    private readonly IStringLocalizer texts;
    private readonly TimeProvider clock;
    private readonly ILogger<MeetingProviders> log;

    public MeetingProviders(
        IConfiguration configuration,
        IOptions<PluginOptions> options,
        IHttpClientFactory http,
        ILoggerFactory loggers,
        TimeProvider clock,
        PublicAddress address,
        IStringLocalizer<ErrorText> texts)
    {
        this.texts = texts;
        this.clock = clock;
        log = loggers.CreateLogger<MeetingProviders>();
        defaultTool = options.Value.DefaultTool;
        limit = TimeSpan.FromSeconds(options.Value.CallTimeoutSeconds);
        loading = new(new PluginCatalog(configuration, options, http, loggers, clock, address, texts).LoadAsync);
    }

    public IReadOnlyList<PluginStatus> All => [.. Plugins.Select(p => p.StatusIn(texts))];

    private IReadOnlyList<HostedPlugin> Plugins => loading.Value.GetAwaiter().GetResult();

    /// <summary>Loads all plugins, once; whoever asks for one earlier waits for it.</summary>
    public Task LoadAsync() => loading.Value;

    public PluginStatus? Find(string providerId) => Plugin(providerId)?.StatusIn(texts);

    public bool CanBeChosen(string providerId) => Plugin(providerId)?.State == PluginState.Active;

    public ProviderDescriptor? Describe(string providerId) => Plugin(providerId)?.Started?.Descriptor;

    /// <summary>What mentors have who chose none, and where a session in trouble can move; null when no plugin is for everyone.</summary>
    public string? DefaultTool => defaultTool is "" ? Plugins.FirstOrDefault(p => p.IsIdentified && p.IsForEveryone)?.Id : defaultTool;

    /// <param name="chosen">What a mentor chose; empty for nothing.</param>
    public string ToolOf(string chosen) => chosen is "" ? DefaultTool ?? "" : chosen;

    /// <summary>The provider that leads to addresses of mentors' own; null when none is active.</summary>
    public string? ForOwnUrls => All.FirstOrDefault(p => p.State == PluginState.Active && Describe(p.Id)?.NeedsMentorUrl == true)?.Id;

    /// <summary>Null when the provider takes no addresses of mentors, or could not be started.</summary>
    public ISupportsMentorUrl? MentorUrls(string providerId) =>
        Plugin(providerId) is { Started.Provider: ISupportsMentorUrl urls } plugin ? new GuardedMentorUrls(plugin, urls, limit, log) : null;

    /// <summary>Null when the provider cannot be embedded, or could not be started.</summary>
    public ISupportsEmbedding? Embedding(string providerId) => Plugin(providerId)?.Started?.Embedding;

    public Task<MeetingHandle> CreateAsync(string providerId, MeetingRequest request, CancellationToken cancellationToken) =>
        CallAsync(providerId, nameof(CreateAsync), async (provider, token) =>
        {
            var handle = await provider.CreateMeetingAsync(request, token);
            return handle is { Value.Length: > 0 and <= MaxHandleCharacters }
                ? handle : throw new InvalidOperationException("The meeting handle is missing or too long.");
        }, cancellationToken);

    /// <summary>
    /// Answers a target on one of the provider's own hosts. Redirect to its AbsoluteUri, never to the text it was made from.
    /// </summary>
    public async Task<JoinTarget> JoinAsync(string providerId, JoinRequest request, CancellationToken cancellationToken)
    {
        var target = await CallAsync(providerId, nameof(JoinAsync), async (provider, token) =>
        {
            var answer = await provider.GetJoinAsync(request, token);
            if (answer is EmbedTarget { Data: var data })
                JsonDocument.Parse(data).Dispose();
            return answer ?? throw new InvalidOperationException("The join target is missing.");
        }, cancellationToken);

        var started = Plugin(providerId)!.Started!;
        // Where its frame may lead, the page's policy says.
        if (target is EmbedTarget { Script: null } && started.Embedding is not null)
            return target;
        var address = target switch
        {
            RedirectTarget redirect => redirect.Url,
            EmbedTarget embed when started.Embedding is not null => embed.Script,
            _ => null,
        };
        if (JoinHosts.Allow(started.Descriptor.JoinHosts, address))
            return target;

        // The host alone: path, query and fragment may hold a token.
        log.LogError("Plugin {Plugin} named a join target on {Host}, which is none of its hosts", providerId,
            address is { IsAbsoluteUri: true } ? address.Host : "no host");
        throw new ProviderException(ProviderFailure.Rejected, Text(ErrorText.PluginTargetRefused, providerId));
    }

    public Task EndAsync(string providerId, MeetingHandle handle, CancellationToken cancellationToken) =>
        CallAsync(providerId, nameof(EndAsync), async (provider, token) =>
        {
            await provider.EndMeetingAsync(handle, token);
            return true;
        }, cancellationToken);

    public Task<ProviderCheck> CheckAsync(string providerId, CancellationToken cancellationToken) =>
        CallAsync(providerId, nameof(CheckAsync), async (provider, token) =>
            await provider.CheckAsync(token) ?? throw new InvalidOperationException("The answer of the check is missing."),
                cancellationToken);

    /// <summary>Sees to it that each plugin has its default account. Several nodes may do so at once.</summary>
    public async Task EnsureAccountsAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        foreach (var id in Plugins.Where(p => p.IsIdentified).Select(p => p.Id).Distinct())
        {
            if (await db.ProviderAccounts.AnyAsync(a => a.ProviderId == id && a.IsDefault, cancellationToken))
                continue;
            var account = new ProviderAccount { ProviderId = id, Name = "default", IsDefault = true, CreatedUtc = clock.GetUtcNow() };
            db.Add(account);
            await db.TrySaveAsync(cancellationToken); // Another node was faster.
        }
    }

    private HostedPlugin? Plugin(string providerId) => Plugins.FirstOrDefault(p => p.Id == providerId && p.IsIdentified);

    private async Task<T> CallAsync<T>(
        string providerId, string name, Func<IMeetingProvider, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        if (Plugin(providerId) is not { Started.Provider: var provider } plugin)
            throw new ProviderException(ProviderFailure.NotConfigured, Text(ErrorText.PluginNotActive, providerId));
        if (plugin.StuckCalls >= MaxStuckCalls)
            throw new ProviderException(ProviderFailure.Unavailable, Text(ErrorText.PluginNotAnswering, providerId));

        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(limit);
        // On the pool, since a plugin may block before its first await.
        var work = Task.Run(() => call(provider, stop.Token), CancellationToken.None);
        _ = work.ContinueWith(_ => stop.Dispose(), TaskScheduler.Default);
        try
        {
            // A second more than the plugin knows of, so that it can say itself what took so long.
            var answer = await work.WaitAsync(limit + TimeSpan.FromSeconds(1), cancellationToken);
            plugin.Works();
            return answer;
        }
        catch (ProviderException)
        {
            throw;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            GiveUpOn(plugin, work);
            throw;
        }
        catch (Exception failure)
        {
            var late = !work.IsCompleted || failure is OperationCanceledException;
            GiveUpOn(plugin, work);
            log.LogError(failure, "Plugin {Plugin} failed in {Call}", providerId, name);
            plugin.Refuse(PluginState.Faulted, late
                ? LocalText.Of(nameof(ErrorText.PluginCallTimeout), limit.TotalSeconds)
                : LocalText.Of(nameof(ErrorText.PluginCallFailed), failure.GetType().Name));
            throw new ProviderException(ProviderFailure.Unavailable, Text(ErrorText.PluginNotAnswering, providerId), failure);
        }
    }

    private static void GiveUpOn(HostedPlugin plugin, Task work)
    {
        if (!work.IsCompleted)
            plugin.GiveUpOn(work);
    }

    private static string Text(string format, string providerId) => string.Format(CultureInfo.CurrentCulture, format, providerId);
}
