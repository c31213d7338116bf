using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Portal;
using Portal.Mail.Delivery;
using Portal.Sessions.Reminders;

namespace Tests.Mail;

/// <summary>This assembly run once more, as a portal that does nothing but empty the outbox, and that can be killed.</summary>
internal sealed class DispatchingProcess : IDisposable
{
    public const string Word = "dispatch";
    public const int Connections = 4;
    private readonly Process _process;

    private DispatchingProcess(Process process) => _process = process;

    /// <param name="ahead">How far the process's clock is ahead, so that claims of those killed before have run out.</param>
    /// <param name="reminds">Reminds people of their sessions as well.</param>
    public static DispatchingProcess Start(string connection, string dataFolder, int port, TimeSpan ahead = default, bool reminds = false)
    {
        string[] args = [Word, connection, dataFolder, port.ToString(CultureInfo.InvariantCulture),
            ahead.TotalMinutes.ToString(CultureInfo.InvariantCulture), $"{reminds}"];
        return new(Process.Start(new ProcessStartInfo("dotnet",
            ["exec", typeof(DispatchingProcess).Assembly.Location, .. args])
        { RedirectStandardInput = true })!);
    }

    public bool HasEnded => _process.HasExited;

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>It finishes what it is at, looks once more, and ends.</summary>
    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        Assert.Equal(0, _process.ExitCode);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    /// <summary>What the process does.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Portal"] = args[1],
            ["Data:Folder"] = args[2],
            ["Portal:PublicUrl"] = "http://portal.test",
            ["Jobs:Enabled"] = "false",
            ["Mail:AtOnce"] = "false",
            ["Mail:Smtp:Connections"] = Connections.ToString(CultureInfo.InvariantCulture),
        });
        builder.AddPortal();
        builder.Logging.ClearProviders();
        builder.Services.Replace(ServiceDescriptor.Singleton<IMailSender>(new CountingSink.Sender(int.Parse(args[3],
            CultureInfo.InvariantCulture))));
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new Ahead(TimeSpan.FromMinutes(double.Parse(args[4],
            CultureInfo.InvariantCulture)))));
        await using var app = builder.Build();
        var dispatcher = app.Services.GetRequiredService<MailDispatcher>();
        var told = Task.Run(Console.In.ReadLine); // also when whoever started it is gone
        while (true)
        {
            var last = told.IsCompleted;
            if (bool.Parse(args[5]))
            {
                await using var scope = app.Services.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<ReminderService>().SweepAsync(default);
            }
            await dispatcher.RunAsync(default);
            if (last)
                return 0;
            await Task.Delay(100);
        }
    }

    private sealed class Ahead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
