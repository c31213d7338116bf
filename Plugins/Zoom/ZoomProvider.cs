using Providers;

namespace Plugins.Zoom;

/// <summary>Zoom, by a Server-to-Server OAuth app of the account.</summary>
public sealed class ZoomProvider :
    IMeetingProvider, ISupportsUpdate, ISupportsLookup, ISupportsDialIn, ISupportsAttendance, ISupportsWebhooks,
    ISupportsRecording
{
    private const int MaxNumbers = 10;

    private readonly ZoomOptions options;
    private readonly ZoomMeetings meetings;
    private readonly ZoomRegistrants registrants;
    private readonly ZoomAttendance attendance;
    private readonly ZoomWebhook webhook;
    private readonly ZoomCheck check;

    public ZoomProvider(ProviderContext<ZoomOptions> context)
    {
        options = context.Options;
        var wire = new ZoomWire(context.Http, context.Clock);
        var tokens = new ZoomTokens(wire, options, context.Clock);
        var api = new ZoomApi(wire, tokens, options);
        meetings = new ZoomMeetings(api, context);
        registrants = new ZoomRegistrants(api, context);
        attendance = new ZoomAttendance(api, registrants, context.Clock);
        webhook = new ZoomWebhook(options.WebhookSecret, registrants, context.Clock);
        check = new ZoomCheck(api, tokens, context);
    }

    /// <summary>By itself; what its host may do by hand, Zoom asks people about.</summary>
    public bool MayRecord(IReadOnlyDictionary<string, bool> choices) => options.Recording != ZoomRecording.None;

    public ProviderDescriptor Descriptor => new("zoom", ["zoom.us", ".zoom.us", "zoomgov.com", ".zoomgov.com"])
    {
        CreatesRemotely = true,
        KnownLimits = [.. KnownLimits()],
    };

    public async ValueTask<MeetingHandle> CreateMeetingAsync(MeetingRequest request, CancellationToken cancellationToken) =>
        (await meetings.CreateAsync(request, cancellationToken)).Write();

    public async ValueTask<MeetingHandle> UpdateMeetingAsync(
        MeetingHandle handle, MeetingRequest request, CancellationToken cancellationToken) =>
        (await meetings.UpdateAsync(ZoomHandle.Read(handle), request, cancellationToken)).Write();

    public async ValueTask EndMeetingAsync(MeetingHandle handle, CancellationToken cancellationToken) =>
        await meetings.EndAsync(ZoomHandle.Read(handle), cancellationToken);

    public async ValueTask<bool> ExistsAsync(MeetingHandle handle, CancellationToken cancellationToken) =>
        await meetings.ExistsAsync(ZoomHandle.Read(handle), cancellationToken);

    public async ValueTask<JoinTarget> GetJoinAsync(JoinRequest request, CancellationToken cancellationToken)
    {
        var handle = ZoomHandle.Read(request.Handle);
        if (request.Participant.Role == ParticipantRole.Mentor)
            return new RedirectTarget(await StartLinkAsync(handle, cancellationToken));
        return new RedirectTarget(options.PersonalLinks && handle.Registers
            ? await registrants.LinkAsync(handle, request.Participant, cancellationToken)
            : handle.Join);
    }

    public async ValueTask<DialIn?> GetDialInAsync(MeetingHandle handle, CancellationToken cancellationToken)
    {
        var meeting = await meetings.GetAsync(ZoomHandle.Read(handle).Id, cancellationToken);
        var numbers = (meeting.Settings?.GlobalDialInNumbers ?? [])
            .Where(n => n.Number is { Length: > 0 and <= 40 })
            .DistinctBy(n => n.Number)
            .Select(n => new DialInNumber(n.Number!, n.Country is { Length: 2 } country ? country : null))
            .Take(MaxNumbers).ToList();
        // What is typed on the phone: the meeting's number, and its passcode of digits.
        var pin = meeting.PstnPassword is { Length: > 0 } passcode ? $"{meeting.Id}# {passcode}#" : $"{meeting.Id}#";
        return numbers.Count == 0 ? null : new(numbers, pin);
    }

    public async ValueTask<IReadOnlyList<MeetingSign>?> ReadAttendanceAsync(MeetingHandle handle, CancellationToken cancellationToken) =>
        await attendance.ReadAsync(ZoomHandle.Read(handle), cancellationToken);

    public WebhookReply Receive(WebhookCall call) => webhook.Receive(call);

    public async ValueTask<ProviderCheck> CheckAsync(CancellationToken cancellationToken) => await check.RunAsync(cancellationToken);

    // Lives two hours, and makes whoever has it the host: fetched for this click, and kept nowhere.
    private async Task<Uri> StartLinkAsync(ZoomHandle handle, CancellationToken cancellationToken)
    {
        var meeting = await meetings.GetAsync(handle.Id, cancellationToken);
        return Uri.TryCreate(meeting.StartUrl, UriKind.Absolute, out var link) ? link
            : throw new ProviderException(ProviderFailure.Unavailable, Texts.ErrorUnreadable);
    }

    private IEnumerable<string> KnownLimits()
    {
        if (!options.MentorsAreHosts)
            yield return Texts.LimitOneHost;
        if (options.WebhookSecret is "")
            yield return Texts.LimitNoWebhook;
        if (!options.PersonalLinks)
            yield return Texts.LimitSharedLink;
    }
}
