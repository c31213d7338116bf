using System.Globalization;
using Providers;

namespace Plugins.Jitsi;

/// <summary>Jitsi Meet: public servers, servers of one's own, and JaaS. No meeting has to be made; a name is one.</summary>
public sealed class JitsiProvider : IMeetingProvider, ISupportsEmbedding, ISupportsDialIn, ISupportsTokens, ISupportsWebhooks,
    ISupportsRecording
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
        token = options.UsesTokens ? new JitsiToken(options) : null;
        room = new JitsiRoom(options, server, token?.Secret);
    }

    public ProviderDescriptor Descriptor => new("jitsi", [server.Host])
    {
        KnownLimits = [.. JitsiLimits.Of(options, server)],
        Choices = JitsiSwitches.Choices(options),
    };

    public EmbedPolicy Embedding => new(options.UsesTokens ? [server.Origin] : [])
    {
        BreakoutRooms = options.UsesTokens && options.BreakoutRooms != JitsiChoice.Off,
    };

    public string RoomModule => ReadRoomModule();

    public bool HasTokens => token is not null;

    public ValueTask<MeetingHandle> CreateMeetingAsync(MeetingRequest request, CancellationToken cancellationToken)
    {
        var name = RoomName.Make(options.RoomPattern, request);
        return ValueTask.FromResult(new MeetingHandle(name) { Key = options.WebhookSecret is "" ? null : name });
    }

    public ValueTask<JoinTarget> GetJoinAsync(JoinRequest request, CancellationToken cancellationToken)
    {
        var name = NameOf(request.Handle);
        return ValueTask.FromResult<JoinTarget>(token is null
            ? new RedirectTarget(room.Address(name, request))
            : new EmbedTarget(room.Data(name, token.Write(name, request, context.Clock.GetUtcNow()), request)));
    }

    /// <summary>By the server, by somebody's own browser, or by a stream that others keep.</summary>
    public bool MayRecord(IReadOnlyDictionary<string, bool> choices)
    {
        var on = JitsiSwitches.For(options, choices);
        return on[nameof(JitsiOptions.Recording)] || on[nameof(JitsiOptions.LocalRecording)] || on[nameof(JitsiOptions.LiveStreaming)];
    }

    public async ValueTask<DialIn?> GetDialInAsync(MeetingHandle handle, CancellationToken cancellationToken) =>
        await new JitsiDialIn(context.Http, options, server).AskAsync(NameOf(handle), cancellationToken);

    /// <summary>Where the server cannot be asked, its room is empty once everybody has left.</summary>
    public async ValueTask EndMeetingAsync(MeetingHandle handle, CancellationToken cancellationToken)
    {
        if (token is null || options.EndMeetingUrl is "")
            return;
        var (name, now) = (NameOf(handle), context.Clock.GetUtcNow());
        await new JitsiEnd(context.Http, options, server).EndAsync(name, token.Write(name, PortalIn(name, now), now), cancellationToken);
    }

    /// <summary>The portal itself, as a moderator of the room.</summary>
    private static JoinRequest PortalIn(string room, DateTimeOffset now) => new()
    {
        Handle = new(room),
        Meeting = new(Guid.NewGuid(), "", now, now, now, 1),
        Participant = new(Guid.NewGuid(), "Portal", null, null, ParticipantRole.Mentor),
        Culture = "en",
    };

    public async ValueTask<ProviderCheck> CheckAsync(CancellationToken cancellationToken) =>
        await new JitsiCheck(context).RunAsync(cancellationToken);

    public WebhookReply Receive(WebhookCall call) => JitsiEvents.Receive(options, token?.Secret, call, context.Clock.GetUtcNow());

    public MintedToken MintToken(TokenRequest request)
    {
        var signer = token ?? throw new ProviderException(ProviderFailure.NotConfigured, Texts.NoTokens);
        var name = request.Room.Trim().ToLowerInvariant();
        if (!RoomName.IsValid(name))
            throw new ProviderException(ProviderFailure.Rejected, Texts.RoomInvalid);
        var now = context.Clock.GetUtcNow();
        var end = now + request.Length;
        var join = new JoinRequest
        {
            Handle = new(name),
            Meeting = new(Guid.NewGuid(), "", now, end, end, 1) { Kind = request.Kind },
            Participant = new(Guid.NewGuid(), request.Name, request.Email, null, request.Role),
            Culture = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
        };
        var written = signer.Write(name, join, now);
        return new(written, room.Address(name, join, written), signer.Expiry(join.Meeting, now), JitsiTokenCheck.Contents(written));
    }

    public TokenReport CheckToken(string token, string? room)
    {
        var keys = this.token?.Keys ?? throw new ProviderException(ProviderFailure.NotConfigured, Texts.NoTokens);
        // Nothing in it waits: the keys are at hand.
        return new JitsiTokenCheck(options, keys, context.Clock.GetUtcNow()).RunAsync(token, room).GetAwaiter().GetResult();
    }

    private static string NameOf(MeetingHandle handle) => RoomName.IsValid(handle.Value)
        ? handle.Value : throw new ProviderException(ProviderFailure.NotFound, Texts.HandleInvalid);

    private static string ReadRoomModule()
    {
        using var stream = typeof(JitsiProvider).Assembly.GetManifestResourceStream("room.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
