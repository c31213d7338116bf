using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Calendar;
using Portal.Data;
using Portal.Demo;
using Portal.Observability;
using Portal.People;
using Portal.People.Profile;
using Portal.ProviderHost;
using Portal.Settings;

namespace Portal;

/// <summary>What happens between the command line and the first request. Whatever an operator can mend ends in one sentence.</summary>
public static class PortalStart
{
    private const int Failed = 1;
    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string[] args)
    {
        PrivateFiles.ForThisProcess();
        if (args is [PictureChild.Word])
            return PictureChild.Run();
        try
        {
            return CommandLine.IsCommand(args) ? await CommandLine.RunAsync(args) : await ServeAsync(args);
        }
        catch (StartupException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
        catch (OptionsValidationException e)
        {
            await TellAsync([e]);
        }
        // Of several sections at once.
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            await TellAsync(e.InnerExceptions.Cast<OptionsValidationException>());
        }
        return Failed;
    }

    private static Task TellAsync(IEnumerable<OptionsValidationException> failed) =>
        Console.Error.WriteLineAsync("The settings have errors:\n  " + string.Join("\n  ", failed.SelectMany(f => f.Failures)));

    private static async Task<int> ServeAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        await using var database = await UseLocalDatabaseAsync(builder, folder => LocalPostgres.StartAsync(folder));
        builder.AddPortal();
        var app = builder.Build();
        try
        {
            // Before anything reads a section: the first that is wrong would hide the others.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            app.UsePortal();
            await app.Services.PreparePortalAsync();
            await app.UsePortalDemoAsync();
            await app.StartAsync();
            await app.WaitForShutdownAsync();
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new StartupException("The portal's address is in use: stop what runs there, or choose another with ASPNETCORE_URLS.", e);
        }
        finally
        {
            await LeaveAsync(app);
        }
        return 0;
    }

    /// <summary>While the database is away the scheduler would be waited for without end; it has had its time to stop by now.</summary>
    private static async Task LeaveAsync(WebApplication app)
    {
        try
        {
            // On the pool, since the scheduler waits without giving its thread back.
            await Task.Run(() => app.DisposeAsync().AsTask()).WaitAsync(PatienceAtTheEnd);
        }
        catch (TimeoutException)
        {
            await Console.Error.WriteLineAsync("The portal ends, although not everything in it could be stopped.");
        }
    }

    /// <summary>Without a connection string the portal brings its own database.</summary>
    public static async Task<LocalPostgres?> UseLocalDatabaseAsync(
        WebApplicationBuilder builder, Func<string, Task<LocalPostgres>> start)
    {
        var configuration = builder.Configuration;
        if (configuration.PortalConnection() is not "")
            return null;
        if (configuration.Engine() != DatabaseEngine.PostgreSql)
            throw new StartupException("Database:Provider is SqlServer, but ConnectionStrings:Portal is not set.");
        var database = await start(new DataFolder(configuration, builder.Environment).Path);
        configuration.AddInMemoryCollection(
        [
            new($"ConnectionStrings:{DataSetup.ConnectionName}", database.ConnectionString),
            new($"ConnectionStrings:{DataSetup.MigrationsConnectionName}", database.OwnerConnectionString),
        ]);
        return database;
    }

    /// <summary>Checks the settings, brings the database up to date and loads the plugins.</summary>
    public static async Task PreparePortalAsync(this IServiceProvider services)
    {
        services.GetService<IStartupValidator>()?.Validate();
        services.GetRequiredService<PublicAddress>().Check();
        CheckTransport(services);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await PrepareDatabaseAsync(
            db, services.GetRequiredService<IConfiguration>(), services.GetRequiredService<ILogger<PortalDbContext>>());
        var tools = services.GetRequiredService<HostedTools>();
        await tools.LoadAsync();
        await tools.EnsureAccountsAsync(db, CancellationToken.None);
        await scope.ServiceProvider.PreparePeopleAsync();
        await scope.ServiceProvider.GetRequiredService<ClockRules>().RunAtStartAsync(CancellationToken.None);
    }

    private static void CheckTransport(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var isDevelopment = services.GetRequiredService<IHostEnvironment>().IsDevelopment();
        var told = services.GetRequiredService<IOptions<ObservabilityOptions>>().Value;
        if (told.LeavesInTheClear() && !told.AllowUnencrypted && !isDevelopment)
            throw new StartupException("Observability:OtlpEndpoint leads elsewhere by http: use https, or set Observability:AllowUnencrypted.");
        var allowed = services.GetRequiredService<IOptions<DatabaseOptions>>().Value.AllowUnencrypted || isDevelopment;
        if (DatabaseTransport.Check(configuration.Engine(), configuration.PortalConnection(), allowed) is { } warning)
            services.GetRequiredService<ILogger<PortalDbContext>>().LogWarning("{Warning}", warning);
    }

    private static async Task PrepareDatabaseAsync(PortalDbContext db, IConfiguration configuration, ILogger log)
    {
        try
        {
            await db.MigrateAsync(configuration, CancellationToken.None);
            foreach (var warning in await db.WarningsAsync(CancellationToken.None))
                log.LogWarning("{Warning}", warning);
        }
        catch (Exception e) when (e.Database() is not null || e is SocketException)
        {
            var said = (e.Database() ?? e).Message.ReplaceLineEndings(" ").TrimEnd('.');
            throw new StartupException($"The database cannot be used ({said}): check ConnectionStrings:Portal and whether the server runs.",
                e);
        }
    }
}
