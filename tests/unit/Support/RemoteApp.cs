using Portal.Sessions.Availability;
using Portal.Sessions.Rooms;
using Tests.Support;

namespace Tests.Support;

/// <summary>A portal whose mentors use the remote sample plugin, and the folder that stands for its server.</summary>
public sealed class RemoteApp : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    public PortalApp App { get; private set; } = null!;

    internal Scene Scene { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        App = await PortalApp.StartAsync(a => a
            .With("Plugins:Folders:0", Path.Combine(AppContext.BaseDirectory, "sample-providers"))
            .With("Providers:remote:Folder", _folder.Path)
            .With("Providers:jitsi:Mode", "Public"));
        Scene = new Scene(App);
    }

    public async Task DisposeAsync()
    {
        await App.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A flag of the tool: down, dead, started.</summary>
    public void Set(string flag, bool on = true)
    {
        if (on)
            File.WriteAllText(_folder[flag], "");
        else
            File.Delete(_folder[flag]);
    }

    public void Records(params string[] lines) => File.WriteAllLines(_folder["records"], lines);

    public void Lose(string meeting) => File.Delete(Path.Combine(_folder["meetings"], meeting));

    /// <summary>When the tool thinks that the meeting begins; null when it has none.</summary>
    public string? TimeOf(string meeting)
    {
        var path = Path.Combine(_folder["meetings"], meeting);
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    public IReadOnlyList<string> Calls(string start) => File.Exists(_folder["calls"])
        ? [.. File.ReadAllLines(_folder["calls"]).Where(c => c.StartsWith(start, StringComparison.Ordinal))] : [];

    public Task<BookedScene> BookedAsync(Action<MentorProfile>? profile = null) =>
        Scene.BookedAsync(profile: m =>
        {
            m.ProviderId = "remote";
            profile?.Invoke(m);
        });

    /// <summary>The job, once.</summary>
    public async Task WorkAsync()
    {
        await App.InScopeAsync<MeetingLinks, int>(l => l.MakePendingAsync(default));
        await App.InScopeAsync<MeetingEnds, int>(e => e.EndDueAsync(default));
        await App.InScopeAsync<MeetingAttendance, int>(a => a.ReadDueAsync(default));
        await App.InScopeAsync<StandInRooms>(s => s.LeaveAsync(default));
    }
}
