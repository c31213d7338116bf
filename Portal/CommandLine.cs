using Portal.Data;
using Portal.People.Accounts;

namespace Portal;

/// <summary>
/// What an operator does without a browser: <c>admin add EMAIL</c>, <c>api-key add NAME</c>, <c>keys rotate-tickets</c>, <c>token mint</c>.
/// </summary>
public static class CommandLine
{
    private const string Usage = """
        Usage:
          admin add EMAIL      make an administrator (and the account, if there is none)
          admin reset-two-factor EMAIL
                               turn off two-step verification for someone who has lost it
          api-key add NAME [read|act|metrics|admin] [DAYS]
                               make a key for a program; it is shown once. It acts, and ends after 365 days, unless told otherwise
          api-key revoke NAME  revoke a key
          api-key list         names, scopes, ends and last uses
          keys rotate-tickets  sign new join links with a new key; those in emails go on working
          keys rotate-master   wrap all stored keys under a new master key
          token mint, token check
                               make a token of a meeting tool, or check one; token --help says more
        """;

    public static bool IsCommand(string[] args) => args is ["admin" or "api-key" or "keys" or "token" or "help", ..];

    public static async Task<int> RunAsync(string[] args)
    {
        var token = args is ["token", .. var asked] ? TokenArguments.Parse(asked) : null;
        if (args is ["token", ..] && token is null or { IsHelp: true })
        {
            await (token is null ? Console.Error : Console.Out).WriteLineAsync(TokenArguments.Usage);
            return token is null ? 2 : 0;
        }
        if (token is null && args is not ([_, _, _, ..] or ["api-key", "list"] or ["keys", _]))
        {
            await Console.Error.WriteLineAsync(Usage);
            return args is ["help"] ? 0 : 2;
        }
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // While the portal runs, the command uses the portal's database server and leaves it running.
        await using var database =
            await PortalStart.UseLocalDatabaseAsync(builder, folder => LocalPostgres.StartOrAttachAsync(folder));
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
            case ["api-key", .. var what]:
                return await scope.ServiceProvider.RunApiKeyCommandAsync(what) ?? await WrongAsync();
            case ["token", ..]:
                return await scope.ServiceProvider.RunTokenCommandAsync(token!, Console.In, Console.Out, Console.Error);
            case ["keys", var what]:
                return await scope.ServiceProvider.RunKeyCommandAsync(what) ?? await WrongAsync();
            default:
                return await WrongAsync();
        }
    }

    private static async Task<int> WrongAsync()
    {
        await Console.Error.WriteLineAsync(Usage);
        return 2;
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
        await Console.Out.WriteLineAsync(done ? $"Two-step verification is off for {email}, who was notified by email."
            : $"{email} has no two-step verification, or there is no such account.");
        return done ? 0 : 1;
    }
}
