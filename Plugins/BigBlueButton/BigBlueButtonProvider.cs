using System.Text.RegularExpressions;
using Providers;

namespace Plugins.BigBlueButton;

/// <summary>
/// BigBlueButton. Its rooms vanish minutes after the last person left them, so they are made just before each join, which is harmless
/// when the room is there already; beforehand a meeting is a name.
/// </summary>
public sealed partial class BigBlueButtonProvider : IMeetingProvider, ISupportsWebhooks, ISupportsDialIn, ISupportsRecording
{
    private readonly ProviderContext<BigBlueButtonOptions> context;
    private readonly BigBlueButtonOptions options;
    private readonly BbbServer server;
    private readonly BbbRoom room;
    private readonly Callbacks callbacks;

    public BigBlueButtonProvider(ProviderContext<BigBlueButtonOptions> context)
    {
        this.context = context;
        options = context.Options;
        var address = ServerAddress.Of(options.ServerUrl)
            ?? throw new ProviderException(ProviderFailure.NotConfigured, Texts.ServerUrlInvalid);
        server = new BbbServer(context.Http, address, options.SharedSecret, options.Checksum);
        callbacks = new Callbacks(context.PublicUrl.AbsoluteUri, options.SharedSecret, context.Clock);
        room = new BbbRoom(options, context.PublicUrl.AbsoluteUri, callbacks);
    }

    public ProviderDescriptor Descriptor => new("bigbluebutton", [server.Host]) { KnownLimits = [.. KnownLimits()] };

    public bool MayRecord(IReadOnlyDictionary<string, bool> choices) => options.Recording != RecordingRule.Never;

    public ValueTask<MeetingHandle> CreateMeetingAsync(MeetingRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new MeetingHandle(request.IdempotencyKey) { Key = request.IdempotencyKey });

    public async ValueTask<JoinTarget> GetJoinAsync(JoinRequest request, CancellationToken cancellationToken)
    {
        var id = Valid(request.Handle);
        var made = await MakeAsync(id, request.Meeting, byPhone: true, cancellationToken);
        if (made is { IsSuccess: false, MessageKey: "nonUniqueVoiceBridge" })
            made = await MakeAsync(id, request.Meeting, byPhone: false, cancellationToken);
        // It runs since before the secret was changed.
        if (made is { IsSuccess: false, MessageKey: "idNotUnique" })
            made = await server.AskAsync("getMeetingInfo", new SignedQuery().Add("meetingID", id), cancellationToken);
        if (!made.IsSuccess)
            throw server.Refusal(made);
        return new RedirectTarget(server.Sign("join", room.Join(request, made["createTime"])));
    }

    public async ValueTask EndMeetingAsync(MeetingHandle handle, CancellationToken cancellationToken)
    {
        var answer = await server.AskAsync("end", room.End(Valid(handle)), cancellationToken);
        if (!answer.IsSuccess && server.Refusal(answer) is { Failure: not ProviderFailure.NotFound } refusal)
            throw refusal;
    }

    public async ValueTask<DialIn?> GetDialInAsync(MeetingHandle handle, CancellationToken cancellationToken)
    {
        var id = Valid(handle);
        if (options.DialNumber is not "")
            return new([new(options.DialNumber, null)], PhoneBridge.PinOf(id, options.SharedSecret));
        var info = await server.AskAsync("getMeetingInfo", new SignedQuery().Add("meetingID", id), cancellationToken);
        if (info.IsSuccess)
            return PhoneBridge.From(info);
        return server.Refusal(info) is { Failure: not ProviderFailure.NotFound } refusal ? throw refusal : null;
    }

    public WebhookReply Receive(WebhookCall call) => callbacks.Receive(call);

    public async ValueTask<ProviderCheck> CheckAsync(CancellationToken cancellationToken)
    {
        var findings = new List<ProviderFinding>();
        try
        {
            var version = await server.VersionAsync(cancellationToken);
            findings.Add(new(true, BbbServer.Said(Texts.CheckReached, server.Host, version["version"] ?? "–")));
            var meetings = await server.AskAsync("getMeetings", new(), cancellationToken);
            findings.Add(meetings.IsSuccess ? new(true, Texts.CheckSecret) : new(false, server.Refusal(meetings).Message));
        }
        catch (ProviderException e)
        {
            findings.Add(new(false, e.Message));
        }
        return new(findings.TrueForAll(f => f.Good), string.Join(' ', findings.Select(f => f.Text))) { Findings = findings };
    }

    private Task<ServerAnswer> MakeAsync(string id, JoinMeeting meeting, bool byPhone, CancellationToken cancellationToken) =>
        server.AskAsync("create", room.Create(id, meeting, context.Clock.GetUtcNow(), byPhone), cancellationToken);

    private IEnumerable<string> KnownLimits()
    {
        yield return Texts.LimitAttendance;
        if (options.Checksum == ChecksumAlgorithm.Sha1)
            yield return Texts.LimitSha1;
        if (options.DialNumber is not "")
            yield return Texts.LimitPin;
        if (options.MaxMinutes > 0)
            yield return BbbServer.Said(Texts.LimitMaxMinutes, options.MaxMinutes);
    }

    [GeneratedRegex(@"^[0-9a-f]{32}-[0-9]{1,9}\z")]
    private static partial Regex HandleShape { get; }

    private static string Valid(MeetingHandle handle) => HandleShape.IsMatch(handle.Value)
        ? handle.Value : throw new ProviderException(ProviderFailure.NotFound, Texts.HandleInvalid);
}
