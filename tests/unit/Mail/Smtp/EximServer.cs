using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Tests.Support;

namespace Tests.Mail.Smtp;

/// <summary>Debian's exim4 with a configuration of its own: STARTTLS, then AUTH, then every mail into one folder.</summary>
public sealed class EximServer : IAsyncLifetime
{
    private const string Program = "/usr/sbin/exim4";
    private const string User = "Debian-exim";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();
    private Process? _server;

    /// <summary>Exim reads its configuration from root alone, and leaves root for its user.</summary>
    public static string? WhyNot =>
        !File.Exists(Program) ? "exim4 is not installed" : Environment.UserName == "root" ? null : "exim4 needs root";

    public int Port { get; } = RealServerTests.FreePort();

    public async Task InitializeAsync()
    {
        if (WhyNot is not null)
            return;
        var certificate = TestCertificate.ForLocalhost;
        await File.WriteAllTextAsync(_folder["c.pem"], certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(_folder["k.pem"], certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        Directory.CreateDirectory(_folder["spool"]);
        Tool.Run("chown", ["-R", $"{User}:", _folder.Path]);
        var configuration = await File.ReadAllTextAsync(Repository.File("tests/unit/Mail/Smtp/exim.conf"));
        await File.WriteAllTextAsync(_folder["exim.conf"], $"FOLDER = {_folder.Path}\nPORT = {Port}\n{configuration}");
        _server = Process.Start(new ProcessStartInfo(Program, ["-C", _folder["exim.conf"], "-bdf"]) { RedirectStandardError = true })!;
        await UntilAsync(() => Task.FromResult(Log().Contains("daemon started", StringComparison.Ordinal)));
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
            _server.Dispose();
        }
        _folder.Dispose();
    }

    /// <summary>The one mail that arrived for this address, as it lies in the mailbox.</summary>
    public async Task<byte[]> ReceivedAsync(string address)
    {
        byte[]? found = null;
        await UntilAsync(async () =>
        {
            foreach (var file in Directory.Exists(_folder["mail/new"]) ? Directory.GetFiles(_folder["mail/new"]) : [])
                if ((await File.ReadAllTextAsync(file)).Contains($"Envelope-to: {address}\n", StringComparison.Ordinal))
                    found = await File.ReadAllBytesAsync(file);
            return found is not null;
        });
        return found!;
    }

    private async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var time = Stopwatch.StartNew();
        while (!await isSo())
        {
            Assert.True(time.Elapsed < Patience && !_server!.HasExited, $"Exim has not done it. Its log: {Log()}");
            await Task.Delay(20);
        }
    }

    private string Log() => File.Exists(_folder["spool/mainlog"]) ? File.ReadAllText(_folder["spool/mainlog"]) : "";
}

/// <summary>Skipped, visibly, where exim4 is not installed or the tests do not run as root.</summary>
public sealed class EximFactAttribute : FactAttribute
{
    public EximFactAttribute() => Skip = EximServer.WhyNot;
}
