using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
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

    public static (ApiKey Stored, string Key) Make(string name, DateTimeOffset now)
    {
        var key = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return (new ApiKey { Name = name, Hash = HashOf(key), CreatedUtc = now }, key);
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer " + Prefix, StringComparison.Ordinal))
            return AuthenticateResult.NoResult();
        var hash = HashOf(header["Bearer ".Length..].Trim());
        var key = await db.ApiKeys.AsNoTracking().FirstOrDefaultAsync(k => k.Hash == hash && k.RevokedUtc == null, Context.RequestAborted);
        if (key is null)
            return AuthenticateResult.Fail("Unknown or revoked API key.");
        // Programs call all day: once an hour is enough to see that a key is in use, and where.
        if (once.Is($"key {key.Id} {ClientNetwork.Of(Context.Connection.RemoteIpAddress)}", TimeSpan.FromHours(1)))
            await trail.NoteNowAsync(SecurityTrail.KeyUsed, null, $"api-key:{key.Id}", Context.RequestAborted);
        var identity = new ClaimsIdentity([new(ClaimTypes.Role, Roles.Program), new("api_key", key.Name)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
