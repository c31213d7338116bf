using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;
using Portal.Data;
using Portal.Demo;
using Tests.People;
using Tests.Support;

namespace Tests.Security;

/// <summary>The program itself on a folder of its own, with its own database: first in Development, then in Production.</summary>
public sealed partial class WholePortalTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact, Trait("Speed", "slow")]
    public async Task What_development_leaves_behind_is_closed_to_others_and_no_way_into_production()
    {
        var data = _folder.Path;
        using (var portal = new Running("Development", data))
        {
            var http = await portal.ReadyAsync();
            await DrawAsync(http, portal.Id);
            await UntilAsync(() => Directory.Exists(Path.Combine(data, "mail")) && Directory.GetFiles(Path.Combine(data, "mail"), "*.eml").Length > 1);
            Closed(data);
            await RolesAsync(data);
            await portal.EndAsync();
        }
        using (var portal = new Running("Production", data, "--Portal:PublicUrl=https://portal.example.org"))
        {
            var http = await portal.ReadyAsync();
            foreach (var person in DemoData.People)
            {
                using var refused = await http.PostAsJsonAsync("/api/v1/sign-in", new { email = person.Email, password = DemoData.Password });
                Assert.True(refused.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests, $"{refused.StatusCode}");
            }
            Assert.Contains("5 demo accounts, whose password is published", portal.Said);
            Closed(data);
            await portal.EndAsync();
        }
    }

    /// <summary>No decoder of native code comes into the portal itself.</summary>
    private static async Task DrawAsync(HttpClient http, int process)
    {
        using var signedIn = await http.PostAsJsonAsync("/api/v1/sign-in", new { email = "mentee@demo.example", password = DemoData.Password });
        var token = (await signedIn.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString();
        foreach (var file in new[] { Samples.Jpeg(), Samples.Png() })
        {
            using var put = new HttpRequestMessage(HttpMethod.Put, "/api/v1/account/picture") { Content = new ByteArrayContent(file) };
            put.Content.Headers.ContentType = new("image/png");
            put.Headers.Authorization = new("Bearer", token);
            using var drawn = await http.SendAsync(put);
            Assert.True(drawn.StatusCode == HttpStatusCode.NoContent, await drawn.Content.ReadAsStringAsync());
        }
        var maps = await File.ReadAllTextAsync($"/proc/{process}/maps");
        Assert.Contains("libcoreclr", maps);
        Assert.DoesNotContain("libSkiaSharp", maps);
    }

    private static void Closed(string data)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        // Through the folder itself the database's own user may pass, where the portal is root.
        var passing = Environment.IsPrivilegedProcess ? UnixFileMode.GroupExecute : UnixFileMode.None;
        Assert.Equal(UnixFileMode.None, Mode(data) & others & ~passing);
        var all = Directory.GetFileSystemEntries(data, "*", SearchOption.AllDirectories);
        Assert.True(all.Length > 500, $"Only {all.Length} files were looked at.");
        Assert.DoesNotContain(all, f => (Mode(f) & others) != 0);
    }

    private static UnixFileMode Mode(string path)
    {
        try
        {
            return OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
        }
        catch (FileNotFoundException)
        {
            // The portal goes on working: a file that was half written has its own name by now.
            return UnixFileMode.None;
        }
    }

    private static async Task RolesAsync(string data)
    {
        await using var attached = await LocalPostgres.StartOrAttachAsync(data);
        await using var source = NpgsqlDataSource.Create(attached.OwnerConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand(
            "SELECT string_agg(DISTINCT usename::text, ' ') FROM pg_stat_activity WHERE datname = 'majlis' AND pid <> pg_backend_pid()");
        Assert.Equal("majlis_portal", await command.ExecuteScalarAsync());
    }

    private static async Task UntilAsync(Func<bool> done)
    {
        for (var began = Stopwatch.StartNew(); !done(); await Task.Delay(100))
            Assert.True(began.Elapsed < Patience, "It took too long.");
    }

    private sealed partial class Running : IDisposable
    {
        private readonly Process _process;
        private readonly List<string> _said = [];

        public Running(string environment, string data, params string[] more)
        {
            string[] arguments = ["exec", typeof(PortalDbContext).Assembly.Location, $"--contentRoot={Repository.File("Portal")}",
                $"--environment={environment}", "--urls=http://127.0.0.1:0", $"--Data:Folder={data}",
                "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information", .. more];
            var info = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            _process = Process.Start(info)!;
            _process.OutputDataReceived += (_, line) => Hear(line.Data);
            _process.ErrorDataReceived += (_, line) => Hear(line.Data);
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        public int Id => _process.Id;

        public string Said
        {
            get
            {
                lock (_said)
                    return string.Join('\n', _said);
            }
        }

        public async Task<HttpClient> ReadyAsync()
        {
            await UntilAsync(() => _process.HasExited || Address().IsMatch(Said));
            Assert.False(_process.HasExited, Said);
            return new HttpClient { BaseAddress = new(Address().Match(Said).Groups[1].Value) };
        }

        public async Task EndAsync()
        {
            using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
                await kill.WaitForExitAsync();
            await _process.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal(0, _process.ExitCode);
        }

        public void Dispose()
        {
            if (!_process.HasExited)
                _process.Kill();
            _process.Dispose();
        }

        private void Hear(string? line)
        {
            lock (_said)
                _said.Add(line ?? "");
        }

        [GeneratedRegex(@"Now listening on: (http://\S+)")]
        private static partial Regex Address();
    }
}
