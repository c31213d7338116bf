using System.Globalization;
using Providers;

namespace Plugins.Remote;

public sealed class RemoteOptions
{
    /// <summary>Stands for the tool's server: a file for each meeting, calls for what was asked, and files that make it fail.</summary>
    public string Folder { get; set; } = "";
}

/// <summary>A tool with a server, which is a folder. The file down makes it unreachable, dead refuses its credentials.</summary>
public sealed class RemoteProvider(ProviderContext<RemoteOptions> context)
    : IMeetingProvider, ISupportsUpdate, ISupportsLookup, ISupportsDialIn, ISupportsAttendance, ISupportsWebhooks
{
    private static readonly Lock Calls = new();

    public ProviderDescriptor Descriptor => new("remote", ["remote.example"]) { CreatesRemotely = true };

    public ValueTask<MeetingHandle> CreateMeetingAsync(MeetingRequest request, CancellationToken cancellationToken)
    {
        Called($"create {request.IdempotencyKey}");
        Directory.CreateDirectory(At("meetings"));
        File.WriteAllText(Meeting(request.IdempotencyKey), Time(request));
        return ValueTask.FromResult(new MeetingHandle(request.IdempotencyKey) { Key = request.IdempotencyKey });
    }

    public ValueTask<MeetingHandle> UpdateMeetingAsync(MeetingHandle handle, MeetingRequest request, CancellationToken cancellationToken)
    {
        Called($"update {handle.Value}");
        if (File.Exists(At("started")))
            throw new ProviderException(ProviderFailure.Rejected, "A meeting that has begun is not changed.");
        Existing(handle);
        File.WriteAllText(Meeting(handle.Value), Time(request));
        return ValueTask.FromResult(handle);
    }

    public ValueTask<bool> ExistsAsync(MeetingHandle handle, CancellationToken cancellationToken)
    {
        Called($"exists {handle.Value}");
        return ValueTask.FromResult(File.Exists(Meeting(handle.Value)));
    }

    public ValueTask<DialIn?> GetDialInAsync(MeetingHandle handle, CancellationToken cancellationToken)
    {
        Called($"dial-in {handle.Value}");
        return ValueTask.FromResult<DialIn?>(new([new("+20 2 555 0100", "EG"), new("+44 20 5550 0101", null)], "123 456#"));
    }

    public ValueTask<IReadOnlyList<MeetingSign>?> ReadAttendanceAsync(MeetingHandle handle, CancellationToken cancellationToken)
    {
        Called($"attendance {handle.Value}");
        return ValueTask.FromResult<IReadOnlyList<MeetingSign>?>(
            File.Exists(At("records")) ? [.. File.ReadAllLines(At("records")).Select(Sign)] : null);
    }

    /// <summary>Each line of the body is a sign: id|kind|key|time|participant|email. The query proves who sent it.</summary>
    public WebhookReply Receive(WebhookCall call)
    {
        if (call.Query != "proof=good")
            return new(401);
        var text = System.Text.Encoding.UTF8.GetString(call.Body.Span);
        return new(200, """{"heard":true}""") { Signs = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Sign)] };
    }

    public ValueTask<JoinTarget> GetJoinAsync(JoinRequest request, CancellationToken cancellationToken)
    {
        Called($"join {request.Handle.Value}");
        Existing(request.Handle);
        return ValueTask.FromResult<JoinTarget>(new RedirectTarget(new Uri($"https://remote.example/{request.Handle.Value}")));
    }

    public ValueTask EndMeetingAsync(MeetingHandle handle, CancellationToken cancellationToken)
    {
        Called($"end {handle.Value}");
        File.Delete(Meeting(handle.Value));
        return ValueTask.CompletedTask;
    }

    public ValueTask<ProviderCheck> CheckAsync(CancellationToken cancellationToken)
    {
        Called("check");
        return ValueTask.FromResult(new ProviderCheck(true, "The remote tool is well."));
    }

    private void Called(string what)
    {
        if (File.Exists(At("down")))
            throw new ProviderException(ProviderFailure.Unavailable, "The remote tool is down.");
        if (File.Exists(At("dead")))
            throw new ProviderException(ProviderFailure.Unauthorized, "The remote tool refused the credentials.");
        lock (Calls)
            File.AppendAllLines(At("calls"), [what]);
    }

    private void Existing(MeetingHandle handle)
    {
        if (!File.Exists(Meeting(handle.Value)))
            throw new ProviderException(ProviderFailure.NotFound, "There is no such meeting.");
    }

    private static MeetingSign Sign(string line)
    {
        var parts = line.Split('|');
        return new(parts[0], Enum.Parse<MeetingSignKind>(parts[1]), parts[2],
            DateTimeOffset.Parse(parts[3], CultureInfo.InvariantCulture))
        {
            Participant = parts.Length > 4 && Guid.TryParse(parts[4], out var id) ? id : null,
            Email = parts.Length > 5 ? parts[5] : null,
        };
    }

    private static string Time(MeetingRequest request) => request.Start.ToString("O", CultureInfo.InvariantCulture);

    private string Meeting(string id) => Path.Combine(At("meetings"), id);

    private string At(string name) => Path.Combine(context.Options.Folder, name);
}
