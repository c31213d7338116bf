using Providers;

namespace Plugins.Jitsi;

/// <summary>Jitsi Meet: public servers, servers of one's own, and JaaS. No meeting has to be made; a name is one.</summary>
public sealed class JitsiProvider : IMeetingProvider, ISupportsEmbedding
{
    private readonly ProviderContext<JitsiOptions> context;
    private readonly JitsiOptions options;
    private readonly JitsiServer server;
    private readonly JitsiRoom room;
    private readonly JitsiToken? token;

    public JitsiProvider(ProviderContext<JitsiOptions> context)
    {
        this.context = context;
        options = context.Options;
        server = JitsiServer.From(options) ?? throw new ProviderException(ProviderFailure.NotConfigured, Texts.DomainInvalid);
        room = new JitsiRoom(options, server);
        token = options.UsesTokens ? new JitsiToken(options) : null;
    }

    public ProviderDescriptor Descriptor => new("jitsi", [server.Host]) { KnownLimits = [.. KnownLimits()] };

    public EmbedPolicy Embedding => new(options.UsesTokens ? [server.Origin] : []);

    public string RoomModule => ReadRoomModule();

    public ValueTask<MeetingHandle> CreateMeetingAsync(MeetingRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new MeetingHandle(RoomName.Make(options.RoomPattern, request)));

    public ValueTask<JoinTarget> GetJoinAsync(JoinRequest request, CancellationToken cancellationToken)
    {
        var name = request.Handle.Value;
        if (!RoomName.IsValid(name))
            throw new ProviderException(ProviderFailure.NotFound, Texts.HandleInvalid);
        return ValueTask.FromResult<JoinTarget>(token is null
            ? new RedirectTarget(room.Address(name, request))
            : new EmbedTarget(null, room.Data(name, token.Write(name, request, context.Clock.GetUtcNow()), request)));
    }

    public async ValueTask<ProviderCheck> CheckAsync(CancellationToken cancellationToken) =>
        await JitsiCheck.RunAsync(context.Http, server, options.UsesTokens, cancellationToken);

    private IEnumerable<string> KnownLimits()
    {
        if (server.Host == JitsiServer.PublicHost)
            yield return Texts.LimitPublicEmbed;
        if (!options.UsesTokens)
            yield return Texts.LimitNoTokens;
        if (!options.UsesTokens && !options.PrejoinPage)
            yield return Texts.LimitPublicPrejoin;
        if (options.Mode == JitsiMode.SelfHosted)
            yield return Texts.LimitModerators;
        if (!RoomName.Has(options.RoomPattern, "version") && !RoomName.Has(options.RoomPattern, "random"))
            yield return Texts.LimitNoVersion;
    }

    private static string ReadRoomModule()
    {
        using var stream = typeof(JitsiProvider).Assembly.GetManifestResourceStream("room.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
