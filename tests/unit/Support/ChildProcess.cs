using System.Diagnostics;
using Portal;
using Portal.Data;
using Tests.Mail;
using Tests.ProviderHost;

namespace Tests.Support;

/// <summary>This assembly run once more, as a program that keeps an embedded database open until it is ended.</summary>
public sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public string ConnectionString { get; private init; } = "";

    public static async Task<int> Main(string[] args)
    {
        if (args[0] == DispatchingProcess.Word)
            return await DispatchingProcess.RunAsync(args);
        if (args[0] == PortalProcess.Word)
            return await PortalStart.RunAsync(args[1..]);
        if (args[0] == LoadingProcess.Word)
            return await LoadingProcess.RunAsync(args);
        await using var postgres = await LocalPostgres.StartAsync(args[0], durable: false);
        Console.WriteLine(postgres.OwnerConnectionString);
        await Console.In.ReadToEndAsync();
        return 0;
    }

    public static async Task<ChildProcess> KeepingAsync(string dataFolder)
    {
        var assembly = typeof(ChildProcess).Assembly.Location;
        var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", assembly, dataFolder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var line = await process.StandardOutput.ReadLineAsync();
        return new(process) { ConnectionString = line ?? throw new InvalidOperationException("The child process ended at once.") };
    }

    /// <summary>As kill -9 does it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
