using System.Diagnostics;
using Providers;
using Tests.Support;

namespace Tests.ProviderHost;

/// <summary>
/// This assembly run once more, to load plugins where nothing has met their references before: a process that has bound a newer
/// reference once binds it for all who come after, and forgives what a portal would not.
/// </summary>
internal static class LoadingProcess
{
    public const string Word = "load-plugin";

    /// <summary>The plugin's state, and where it leads somebody.</summary>
    public static async Task<string> LoadAsync(PluginBench bench, string id)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet",
            ["exec", typeof(LoadingProcess).Assembly.Location, Word, bench.Folder(""), id])
        {
            RedirectStandardOutput = true,
        })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said.Trim();
    }

    /// <summary>What the process does.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        using var bench = new PluginBench(args[1]).Set($"Providers:{args[2]}:Id", args[2]);
        var status = bench.Status(args[2]);
        var target = status.Reason is null
            ? await bench.Providers.JoinAsync(args[2], Meetings.Join(new MeetingHandle("room")), default) : null;
        Console.WriteLine($"{status.State} {status.Reason ?? ((RedirectTarget)target!).Url.AbsoluteUri}");
        return 0;
    }
}
