using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Availability;

namespace Bench;

/// <summary>A portal with people, on a database of its own that is gone afterwards.</summary>
public sealed class World : IAsyncDisposable
{
    private const string Password = "Bench-pass-1!";
    private readonly DirectoryInfo _folder;
    private readonly LocalPostgres _postgres;
    private readonly App _app;

    private World(DirectoryInfo folder, LocalPostgres postgres, App app) => (_folder, _postgres, _app) = (folder, postgres, app);

    public IServiceProvider Services => _app.Services;

    public int Port => _app.ClientOptions.BaseAddress.Port;

    public string ConnectionString => _postgres.OwnerConnectionString;

    public static async Task<World> StartAsync(bool jobs = true, Dictionary<string, string>? settings = null)
    {
        var folder = Directory.CreateTempSubdirectory("majlis-bench-");
        // Durable, as in production: a commit that does not reach the disk would flatter.
        var postgres = await LocalPostgres.StartAsync(folder.FullName, durable: true);
        var app = new App(new(settings ?? [])
        {
            ["ConnectionStrings:Portal"] = postgres.ConnectionString,
            ["ConnectionStrings:Migrations"] = postgres.OwnerConnectionString,
            ["Data:Folder"] = folder.FullName,
            ["Mail:PickupFolder"] = folder.CreateSubdirectory("mail").FullName,
            ["RateLimits:Enabled"] = "false",
            ["Jobs:Enabled"] = jobs ? "true" : "false",
            ["Mail:AtOnce"] = jobs ? "true" : "false",
            ["Portal:PublicUrl"] = "http://localhost",
            ["Portal:AllowHttp"] = "true",
        });
        app.UseKestrel(0);
        app.StartServer();
        return new(folder, postgres, app);
    }

    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            MaxConnectionsPerServer = 256
        })
        { BaseAddress = _app.ClientOptions.BaseAddress };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    public async Task<List<PortalUser>> PeopleAsync(int count, bool mentors)
    {
        var people = new List<PortalUser>();
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        for (var i = 0; i < count; i++)
        {
            var email = $"{Guid.NewGuid():N}@bench.example";
            var user = new PortalUser
            {
                UserName = email,
                Email = email,
                EmailConfirmed = true,
                DisplayName = $"Person {i}",
                CreatedUtc = DateTimeOffset.UnixEpoch
            };
            await users.CreateAsync(user, Password);
            if (mentors)
            {
                await users.AddToRoleAsync(user, Roles.Mentor);
                var hours = Enum.GetValues<DayOfWeek>().Select(day => new WeeklyHours { Day = day, FromMinute = 0, ToMinute = 1440 });
                db.MentorProfiles.Add(new MentorProfile { UserId = user.Id, NoticeMinutes = 0, HorizonDays = 60, Hours = [.. hours] });
            }
            people.Add(user);
        }
        await db.SaveChangesAsync();
        return people;
    }

    public async Task<string> TokenAsync(PortalUser user)
    {
        using var client = Client();
        using var answer = await client.PostAsJsonAsync("/api/v1/sign-in", new { email = user.Email, password = Password });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _postgres.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private sealed class App(Dictionary<string, string> settings) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            foreach (var (key, value) in settings)
                builder.UseSetting(key, value);
            builder.ConfigureLogging(logging => logging.ClearProviders());
        }
    }
}
