using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Data;
using Portal.Security;
using Portal.Tickets;

namespace Portal;

/// <summary>The commands that make and change keys. Null where they are not understood.</summary>
internal static class KeyCommands
{
    private const int MaxDays = 3660;

    public static async Task<int?> RunApiKeyCommandAsync(this IServiceProvider services, string[] what) => what switch
    {
        ["add", var name] => await AddAsync(services, name, ApiKeyScope.Act, null),
        ["add", var name, var scope] when ScopeOf(scope) is { } known => await AddAsync(services, name, known, null),
        ["add", var name, var scope, var days] when ScopeOf(scope) is { } known && DaysOf(days) is { } life =>
            await AddAsync(services, name, known, life),
        ["revoke", var name] => await RevokeAsync(services, name),
        ["list"] => await ListAsync(services),
        _ => null,
    };

    public static async Task<int?> RunKeyCommandAsync(this IServiceProvider services, string what) => what switch
    {
        "rotate-tickets" => await RotateTicketsAsync(services),
        "rotate-master" => await RotateMasterAsync(services),
        _ => null,
    };

    private static ApiKeyScope? ScopeOf(string text) =>
        Enum.TryParse<ApiKeyScope>(text, ignoreCase: true, out var scope) && Enum.IsDefined(scope) && !char.IsAsciiDigit(text[0])
            ? scope : null;

    private static TimeSpan? DaysOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= MaxDays
            ? TimeSpan.FromDays(days) : null;

    private static async Task<int> AddAsync(IServiceProvider services, string name, ApiKeyScope scope, TimeSpan? life)
    {
        var db = services.GetRequiredService<PortalDbContext>();
        var (stored, key) = ApiKeyAuthentication.Make(name, services.GetRequiredService<TimeProvider>().GetUtcNow(), scope, life);
        db.ApiKeys.Add(stored);
        Audit.Note(db, stored.CreatedUtc, null, "api-key.add", $"api-key:{stored.Id}");
        await db.SaveChangesAsync();
        await Console.Out.WriteLineAsync(
            $"Key for {name} ({scope}, until {stored.ExpiresUtc.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}; shown only once):\n{key}");
        return 0;
    }

    private static async Task<int> RevokeAsync(IServiceProvider services, string name)
    {
        var db = services.GetRequiredService<PortalDbContext>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var keys = await db.ApiKeys.Where(k => k.Name == name && k.RevokedUtc == null).ToListAsync();
        foreach (var key in keys)
        {
            key.RevokedUtc = now;
            Audit.Note(db, now, null, "api-key.revoke", $"api-key:{key.Id}");
        }
        await db.SaveChangesAsync();
        await Console.Out.WriteLineAsync($"{keys.Count} key(s) with that name revoked.");
        return keys.Count > 0 ? 0 : 1;
    }

    private static async Task<int> ListAsync(IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var key in await services.GetRequiredService<PortalDbContext>().ApiKeys.AsNoTracking().OrderBy(k => k.Name).ToListAsync())
        {
            var state = key.RevokedUtc is not null ? "revoked" : key.ExpiresUtc <= now ? "ended" : "good";
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{key.Name}  {key.Scope}  {state}, until {key.ExpiresUtc.UtcDateTime:yyyy-MM-dd}, last used {key.LastUsedUtc?.UtcDateTime:yyyy-MM-dd HH:mm}"));
        }
        return 0;
    }

    private static async Task<int> RotateTicketsAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<PortalDbContext>();
        var key = await services.GetRequiredService<TicketKeys>().AddNextAsync(db, CancellationToken.None);
        Audit.Note(db, key.CreatedUtc, null, "keys.rotate-tickets", $"ticket-key:{key.Id}");
        await db.SaveChangesAsync();
        await Console.Out.WriteLineAsync(
            $"Join links are signed with key {key.Id} from now on (running portals within a minute). Those in emails go on working; the old key "
            + "is deleted 30 days after the last session that it may have signed for.");
        return 0;
    }

    private static async Task<int> RotateMasterAsync(IServiceProvider services)
    {
        var master = services.GetRequiredService<MasterKey>();
        var wrapped = await services.GetRequiredService<MasterKeyRotation>().RunAsync(CancellationToken.None);
        await Console.Out.WriteLineAsync(
            $"{wrapped} stored key(s) are wrapped by the new master key in {master.Path}: copy it to every other portal and into the backup. "
            + $"The old one is in {master.Previous}: backups made before need it; delete it when there are none.");
        return 0;
    }
}
