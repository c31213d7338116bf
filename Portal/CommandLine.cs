using Portal.AuditTrail;
using Portal.Data;
using Portal.People.Accounts;
using Portal.Security;

namespace Portal;

/// <summary>What an operator does without a browser: <c>admin add EMAIL</c>, <c>api-key add NAME</c>.</summary>
public static class CommandLine
{
    private const string Usage = """
        Usage:
          admin add EMAIL      make an administrator (and the account, if there is none)
          admin reset-two-factor EMAIL  turn somebody's second factor off, who has lost it
          api-key add NAME     make a key for a program; it is shown once
          api-key revoke NAME  revoke a key
        """;

    public static bool IsCommand(string[] args) => args is ["admin" or "api-key" or "help", ..];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [_, _, _])
        {
            await Console.Error.WriteLineAsync(Usage);
            return args is ["help"] ? 0 : 2;
        }
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // While the portal runs, the command uses the portal's database server and leaves it running.
        await using var database =
            await PortalStart.UseLocalDatabaseAsync(builder.Configuration, folder => LocalPostgres.StartOrAttachAsync(folder));
        builder.AddPortal();
        await using var app = builder.Build();
        await app.Services.PreparePortalAsync();
        await using var scope = app.Services.CreateAsyncScope();
        switch (args)
        {
            case ["admin", "add", var email]:
                return await AddAdminAsync(scope.ServiceProvider, email);
            case ["admin", "reset-two-factor", var whose]:
                return await ResetTwoFactorAsync(scope.ServiceProvider, whose);
            case ["api-key", "add", var name]:
                return await AddKeyAsync(scope.ServiceProvider, name);
            case ["api-key", "revoke", var name]:
                return await RevokeKeyAsync(scope.ServiceProvider, name);
            default:
                await Console.Error.WriteLineAsync(Usage);
                return 2;
        }
    }

    private static async Task<int> AddAdminAsync(IServiceProvider services, string email)
    {
        var added = await services.GetRequiredService<AdminService>().AddAsync(email);
        await Console.Out.WriteLineAsync(added.Message);
        return added.Succeeded ? 0 : 1;
    }

    private static async Task<int> ResetTwoFactorAsync(IServiceProvider services, string email)
    {
        var done = await services.GetRequiredService<SecondFactorReset>().AtOnceAsync(email, CancellationToken.None);
        await Console.Out.WriteLineAsync(done ? $"{email} signs in without a second factor now, and was sent a mail about it."
            : $"{email} has no second factor, or there is no such account.");
        return done ? 0 : 1;
    }

    private static async Task<int> AddKeyAsync(IServiceProvider services, string name)
    {
        var db = services.GetRequiredService<PortalDbContext>();
        var (stored, key) = ApiKeyAuthentication.Make(name, services.GetRequiredService<TimeProvider>().GetUtcNow());
        db.ApiKeys.Add(stored);
        Audit.Note(db, stored.CreatedUtc, null, "api-key.add", $"api-key:{stored.Id}");
        await db.SaveChangesAsync();
        await Console.Out.WriteLineAsync($"Key for {name} (shown only once):\n{key}");
        return 0;
    }

    private static async Task<int> RevokeKeyAsync(IServiceProvider services, string name)
    {
        var db = services.GetRequiredService<PortalDbContext>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var keys = db.ApiKeys.Where(k => k.Name == name && k.RevokedUtc == null).ToList();
        foreach (var key in keys)
        {
            key.RevokedUtc = now;
            Audit.Note(db, now, null, "api-key.revoke", $"api-key:{key.Id}");
        }
        await db.SaveChangesAsync();
        await Console.Out.WriteLineAsync($"{keys.Count} key(s) with that name revoked.");
        return keys.Count > 0 ? 0 : 1;
    }
}
