using System.Diagnostics;
using System.Globalization;

namespace Portal.People.Profile;

/// <summary>How the decoder is started: this program once more, with limits, and without anything of the portal's environment.</summary>
internal static class PictureCommand
{
    /// <summary>
    /// Makes the runtime content with little room: else it reserves more addresses than the limit leaves. It writes no file either,
    /// which protecting its own code and being debugged would need.
    /// </summary>
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["DOTNET_EnableDiagnostics"] = "0",
        ["DOTNET_EnableWriteXorExecute"] = "0",
        ["DOTNET_GCHeapHardLimit"] = "0x4000000",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1",
        ["MALLOC_ARENA_MAX"] = "1",
    };

    private static readonly string[] Kept = ["DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "LD_LIBRARY_PATH", "SystemRoot"];

    public static ProcessStartInfo StartInfo()
    {
        string[] command = OperatingSystem.IsWindows() ? [.. Program(), PictureChild.Word]
            : ["/bin/sh", "-c", Limits(), "sh", .. Program(), PictureChild.Word];
        var info = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetPathRoot(AppContext.BaseDirectory)!,
        };
        var before = Kept.Select(name => (Name: name, Value: System.Environment.GetEnvironmentVariable(name)))
            .Where(v => v.Value is not null).ToList();
        info.Environment.Clear();
        foreach (var (name, value) in before)
            info.Environment[name] = value;
        foreach (var (name, value) in Environment)
            info.Environment[name] = value;
        return info;
    }

    /// <summary>No core, no file written, few open, so many seconds of the processor, so much memory; then it is the program.</summary>
    private static string Limits() => string.Create(CultureInfo.InvariantCulture,
        $"ulimit -c 0 && ulimit -f 0 && ulimit -n 256 && ulimit -t {PictureProcess.MaxCpuSeconds} && "
        + $"ulimit -v {PictureProcess.MaxMegabytes * 1024} && exec \"$@\"");

    /// <summary>The portal's own program, also where another one (a test) hosts the portal.</summary>
    private static string[] Program()
    {
        var running = System.Environment.ProcessPath!;
        if (Path.GetFileNameWithoutExtension(running) != "dotnet")
            return [running];
        var portal = typeof(PictureCommand).Assembly.Location;
        return [running, "exec", portal];
    }
}
