using System.Diagnostics;
using Portal.Data;

namespace Tests.Support;

/// <summary>This assembly run once more, as the portal itself from its start to its end.</summary>
internal sealed class PortalProcess : IDisposable
{
    public const string Word = "portal";
    private readonly Process _process;

    private PortalProcess(Process process) => _process = process;

    public static PortalProcess Start(DatabaseEngine engine, string connection, string dataFolder, params string[] more)
    {
        string[] arguments =
        [
            "exec", typeof(PortalProcess).Assembly.Location, Word, $"--contentRoot={Repository.File("Portal")}",
                .. more.Length == 0 ? ["--urls=http://127.0.0.1:0"] : more,
            "--Portal:PublicUrl=http://portal.test", $"--Database:Provider={engine}", $"--ConnectionStrings:Portal={connection}",
            $"--Data:Folder={dataFolder}", "--Portal:AllowHttp=true", "--Database:AllowUnencrypted=true",
        ];
        return new(Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        })!);
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>Asks it to stop, as a service manager does.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <returns>Its exit code and what it said.</returns>
    public async Task<(int Code, string Output, string Errors)> EndAsync(TimeSpan patience)
    {
        var (output, errors) = (_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
        using var enough = new CancellationTokenSource(patience);
        await _process.WaitForExitAsync(enough.Token);
        return (_process.ExitCode, await output, await errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
