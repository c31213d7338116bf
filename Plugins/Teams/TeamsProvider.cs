using Providers;

namespace Plugins.Teams;

/// <summary>Microsoft Teams, by Microsoft Graph, in the name of one organizer or of each mentor.</summary>
public sealed class TeamsProvider : IMeetingProvider, ISupportsUpdate, ISupportsLookup, ISupportsDialIn, ISupportsAttendance
{
    private readonly TeamsOptions options;
    private readonly Cloud cloud;
    private readonly GraphApi api;
    private readonly TeamsMeetings meetings;
    private readonly TeamsCheck check;

    public TeamsProvider(ProviderContext<TeamsOptions> context)
    {
        options = context.Options;
        cloud = Cloud.Of(options.Cloud);
        var tokens = new GraphTokens(options, context.Http, context.Clock);
        api = new GraphApi(options, context.Http, tokens, context.Clock);
        meetings = new TeamsMeetings(options, api, cloud);
        check = new TeamsCheck(options, tokens, api, meetings);
    }

    public ProviderDescriptor Descriptor => new("teams", cloud.JoinHosts) { CreatesRemotely = true, KnownLimits = [.. KnownLimits()] };

    public async ValueTask<MeetingHandle> CreateMeetingAsync(MeetingRequest request, CancellationToken cancellationToken) =>
        await meetings.CreateAsync(request, cancellationToken);

    public async ValueTask<MeetingHandle> UpdateMeetingAsync(
        MeetingHandle handle, MeetingRequest request, CancellationToken cancellationToken)
    {
        await meetings.UpdateAsync(TeamsHandle.Read(handle), request, cancellationToken);
        return handle;
    }

    public ValueTask<JoinTarget> GetJoinAsync(JoinRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult<JoinTarget>(new RedirectTarget(new Uri(TeamsHandle.Read(request.Handle).Link)));

    public async ValueTask EndMeetingAsync(MeetingHandle handle, CancellationToken cancellationToken) =>
        await meetings.EndAsync(TeamsHandle.Read(handle), cancellationToken);

    public async ValueTask<bool> ExistsAsync(MeetingHandle handle, CancellationToken cancellationToken) =>
        await meetings.FindAsync(TeamsHandle.Read(handle), cancellationToken) is not null;

    public async ValueTask<DialIn?> GetDialInAsync(MeetingHandle handle, CancellationToken cancellationToken) =>
        await meetings.FindAsync(TeamsHandle.Read(handle), cancellationToken) is { } found ? TeamsMeetings.DialIn(found) : null;

    public async ValueTask<IReadOnlyList<MeetingSign>?> ReadAttendanceAsync(MeetingHandle handle, CancellationToken cancellationToken) =>
        options.ReadAttendance
            ? await new TeamsAttendance(api, TeamsHandle.Read(handle), handle.Key ?? "").ReadAsync(cancellationToken)
            // Nothing will ever be there; null would be asked for again.
            : [];

    public async ValueTask<ProviderCheck> CheckAsync(CancellationToken cancellationToken) => await check.RunAsync(cancellationToken);

    private IEnumerable<string> KnownLimits()
    {
        yield return Texts.LimitNoCalendar;
        if (options.LobbyBypass != TeamsLobby.Everyone)
            yield return Texts.LimitLobby;
        if (options.ReadAttendance)
            yield return Texts.LimitAttendance;
    }
}
