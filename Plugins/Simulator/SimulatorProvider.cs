using System.Globalization;
using System.Text.Json;
using Providers;

namespace Plugins.Simulator;

/// <summary>
/// Stands in for tools that need credentials, while the portal is developed: it makes nothing anywhere, and its room is a page that
/// says so. By its settings it fails in every way that the portal has to bear.
/// </summary>
public sealed class SimulatorProvider :
    IMeetingProvider, ISupportsEmbedding, ISupportsUpdate, ISupportsLookup, ISupportsDialIn, ISupportsAttendance
{
    private const string Prefix = "simulated-";
    private static readonly TimeSpan LimitsEnd = TimeSpan.FromMinutes(1);

    private readonly SimulatorOptions options;
    private readonly ProviderContext<SimulatorOptions> context;
    private readonly SimulatedRooms rooms;

    public SimulatorProvider(ProviderContext<SimulatorOptions> context)
    {
        this.context = context;
        options = context.Options;
        rooms = new SimulatedRooms(context.Clock);
    }

    // Its room is the portal's own page.
    public ProviderDescriptor Descriptor => new("simulator", [context.PublicUrl.Authority])
    {
        CreatesRemotely = true,
        KnownLimits = [Texts.LimitSimulation],
    };

    public EmbedPolicy Embedding => new([]);

    public string RoomModule => ReadRoomModule();

    public async ValueTask<MeetingHandle> CreateMeetingAsync(MeetingRequest request, CancellationToken cancellationToken)
    {
        await AnswerAsync(SimulatedCall.Create, cancellationToken);
        var key = Prefix + request.IdempotencyKey;
        rooms.Open(key);
        return new(key) { Key = key };
    }

    public async ValueTask<MeetingHandle> UpdateMeetingAsync(
        MeetingHandle handle, MeetingRequest request, CancellationToken cancellationToken)
    {
        await AnswerAsync(SimulatedCall.Update, cancellationToken);
        RequireThere(handle);
        return handle;
    }

    public async ValueTask EndMeetingAsync(MeetingHandle handle, CancellationToken cancellationToken)
    {
        await AnswerAsync(SimulatedCall.End, cancellationToken);
        rooms.End(handle.Value);
    }

    public async ValueTask<bool> ExistsAsync(MeetingHandle handle, CancellationToken cancellationToken)
    {
        await AnswerAsync(SimulatedCall.Join, cancellationToken);
        return IsThere(handle);
    }

    public async ValueTask<JoinTarget> GetJoinAsync(JoinRequest request, CancellationToken cancellationToken)
    {
        await AnswerAsync(SimulatedCall.Join, cancellationToken);
        RequireThere(request.Handle);
        var people = rooms.Enter(request.Handle.Value, request.Participant);
        return new EmbedTarget(Data(people, request));
    }

    public async ValueTask<DialIn?> GetDialInAsync(MeetingHandle handle, CancellationToken cancellationToken)
    {
        await AnswerAsync(SimulatedCall.Create, cancellationToken);
        // Numbers that are kept free for films; nobody is called by mistake.
        return options.PhoneNumbers
            ? new([new("+1 202 555 0143", "US"), new("+44 20 7946 0143", "GB")], "000 000")
            : null;
    }

    public async ValueTask<IReadOnlyList<MeetingSign>?> ReadAttendanceAsync(MeetingHandle handle, CancellationToken cancellationToken)
    {
        await AnswerAsync(SimulatedCall.Attendance, cancellationToken);
        if (rooms.Look(handle.Value) is not { } room)
            return null;
        var key = handle.Value;
        return [.. room.Visitors.SelectMany((visitor, at) => Signs(key, visitor, at, room.Ended))];
    }

    public async ValueTask<ProviderCheck> CheckAsync(CancellationToken cancellationToken)
    {
        var finding = new ProviderFinding(true, Texts.CheckSimulation);
        try
        {
            await AnswerAsync(SimulatedCall.All, cancellationToken);
            return new(true, Texts.CheckSimulation) { Findings = [finding] };
        }
        catch (ProviderException e)
        {
            return new(false, e.Message) { Findings = [finding, new(false, e.Message)] };
        }
    }

    private static IEnumerable<MeetingSign> Signs(string key, Visitor visitor, int at, DateTimeOffset? ended)
    {
        yield return new($"{key}-{at}-in", MeetingSignKind.Joined, key, visitor.At) { Participant = visitor.Id };
        if (ended is { } end)
            yield return new($"{key}-{at}-out", MeetingSignKind.Left, key, end) { Participant = visitor.Id };
    }

    private async Task AnswerAsync(SimulatedCall call, CancellationToken cancellationToken)
    {
        if (options.DelaySeconds > 0)
            await Task.Delay(TimeSpan.FromSeconds(options.DelaySeconds), context.Clock, cancellationToken);
        if (options.FailingCall == SimulatedCall.All || options.FailingCall == call)
            Fail();
    }

    private void Fail()
    {
        (ProviderFailure Failure, string Text)? failure = options.Failure switch
        {
            SimulatedFailure.Unauthorized => (ProviderFailure.Unauthorized, Texts.FailUnauthorized),
            SimulatedFailure.Rejected => (ProviderFailure.Rejected, Texts.FailRejected),
            SimulatedFailure.RateLimited => (ProviderFailure.RateLimited, Texts.FailRateLimited),
            SimulatedFailure.Unavailable => (ProviderFailure.Unavailable, Texts.FailUnavailable),
            SimulatedFailure.Bug => throw new InvalidOperationException("The simulator was told to fail unexpectedly."),
            _ => null,
        };
        if (failure is { } known)
            throw new ProviderException(known.Failure, known.Text)
            {
                RetryAfter = known.Failure == ProviderFailure.RateLimited ? LimitsEnd : null,
            };
    }

    private bool IsThere(MeetingHandle handle) =>
        !options.LosesMeetings && handle.Value.StartsWith(Prefix, StringComparison.Ordinal) && !rooms.IsEnded(handle.Value);

    private void RequireThere(MeetingHandle handle)
    {
        if (!IsThere(handle))
            throw new ProviderException(ProviderFailure.NotFound, Texts.FailNotFound);
    }

    private static string Data(IReadOnlyList<Visitor> people, JoinRequest request)
    {
        var culture = CultureInfo.GetCultureInfo(request.Culture);
        string Text(string name) => Texts.ResourceManager.GetString(name, culture)!;
        return JsonSerializer.Serialize(new
        {
            heading = Text(nameof(Texts.RoomHeading)),
            notice = Text(nameof(Texts.RoomNotice)),
            peopleHeading = Text(nameof(Texts.RoomPeople)),
            people = people.Select(p => new
            {
                name = p.Name,
                role = Text("Role" + p.Role),
                you = p.Id == request.Participant.Id ? Text(nameof(Texts.RoomYou)) : null,
            }),
            leave = Text(nameof(Texts.RoomLeave)),
        });
    }

    private static string ReadRoomModule()
    {
        using var stream = typeof(SimulatorProvider).Assembly.GetManifestResourceStream("room.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
