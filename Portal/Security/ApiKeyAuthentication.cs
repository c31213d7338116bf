using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Localization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.People;
using Portal.People.SignIn;

namespace Portal.Security;

/// <summary>Programs sign in with <c>Authorization: Bearer mk_…</c>; keys are made on the command line.</summary>
public sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, PortalDbContext db,
    SecurityTrail trail, OnceInAWhile once)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string Prefix = "mk_";

    /// <summary>Nobody but programs with a key.</summary>
    public static readonly AuthorizationPolicy Programs = new AuthorizationPolicyBuilder(SchemeName).RequireRole(Roles.Program).Build();

    /// <summary>Of a key that was made without another end.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(365);

    private static readonly TimeSpan BetweenNotes = TimeSpan.FromMinutes(1);
    private static readonly object OutOfScope = new();

    public static (ApiKey Stored, string Key) Make(
        string name, DateTimeOffset now, ApiKeyScope scope = ApiKeyScope.Act, TimeSpan? life = null)
    {
        var key = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return (new ApiKey { Name = name, Hash = HashOf(key), Scope = scope, CreatedUtc = now, ExpiresUtc = now + (life ?? Life) }, key);
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer " + Prefix, StringComparison.Ordinal))
            return AuthenticateResult.NoResult();
        var now = TimeProvider.GetUtcNow();
        var hash = HashOf(header["Bearer ".Length..].Trim());
        var key = await db.ApiKeys.AsNoTracking().FirstOrDefaultAsync(
            k => k.Hash == hash && k.RevokedUtc == null && k.ExpiresUtc > now, Context.RequestAborted);
        if (key is null)
            return AuthenticateResult.Fail("Unknown, ended or revoked API key.");
        // Programs call all day: once an hour is enough to see that a key is in use, and where.
        if (once.Is($"key {key.Id} {ClientNetwork.Of(Context.Connection.RemoteIpAddress)}", TimeSpan.FromHours(1)))
            await trail.NoteNowAsync(SecurityTrail.KeyUsed, null, $"api-key:{key.Id}", Context.RequestAborted);
        await NoteUseAsync(key, now);
        if (!ApiKey.Covers(key.Scope, Request.Method, Request.Path))
        {
            Context.Items[OutOfScope] = true;
            return AuthenticateResult.Fail("The API key is not good for this.");
        }
        var identity = new ClaimsIdentity([new(ClaimTypes.Role, Roles.Program), new("api_key", key.Name)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    /// <summary>A key that is good, and not for this: forbidden, not unknown.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Context.Items.ContainsKey(OutOfScope)
            ? Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: ErrorText.KeyOutOfScope).ExecuteAsync(Context)
            : base.HandleChallengeAsync(properties);

    private async Task NoteUseAsync(ApiKey key, DateTimeOffset now)
    {
        if (key.LastUsedUtc is { } last && last > now - BetweenNotes)
            return;
        await db.ApiKeys.Where(k => k.Id == key.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedUtc, now), Context.RequestAborted);
    }

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
