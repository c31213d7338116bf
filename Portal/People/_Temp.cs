using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Portal.Data;
using Portal.Security;
namespace Portal.People;
public sealed class SignInService(UserManager<PortalUser> users, SignInManager<PortalUser> signIn)
{
    public async Task<ClaimsPrincipal?> CheckAsync(string email, string password)
    {
        var u = await users.FindByEmailAsync(email);
        return u is not null && await users.CheckPasswordAsync(u, password) ? await signIn.CreateUserPrincipalAsync(u) : null;
    }
}
public sealed record Added(bool Succeeded, string Message);
public sealed class AdminService { public Task<Added> AddAsync(string email) => Task.FromResult(new Added(true, email)); }
public static class PortalClaims { public const string Name = "name"; public const string Language = "lang"; }
public static class PeopleTemp
{
    public static IServiceCollection AddPortalPeople(this IServiceCollection s)
    {
        s.AddIdentityCore<PortalUser>(o => o.Password.RequireUppercase = false).AddRoles<IdentityRole<Guid>>().AddEntityFrameworkStores<PortalDbContext>().AddSignInManager().AddDefaultTokenProviders();
        s.AddAuthentication("portal").AddPolicyScheme("portal", null, o => o.ForwardDefaultSelector = h => h.Request.Headers.Authorization.ToString() is { Length: > 0 } a ? a.StartsWith("Bearer mk_") ? "ApiKey" : IdentityConstants.BearerScheme : IdentityConstants.ApplicationScheme)
            .AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, ApiKeyAuthentication>("ApiKey", null)
            .AddBearerToken(IdentityConstants.BearerScheme).AddIdentityCookies();
        s.AddAuthorization();
        s.AddScoped<SignInService>(); s.AddScoped<AdminService>(); s.AddScoped<MentorSettings>();
        return s;
    }
    public static async Task PreparePeopleAsync(this IServiceProvider s)
    {
        var r = s.GetRequiredService<RoleManager<IdentityRole<Guid>>>();
        foreach (var n in Roles.All) if (!await r.RoleExistsAsync(n)) await r.CreateAsync(new(n));
    }
    public static void UsePortalLanguages(this IApplicationBuilder a) => a.UseRequestLocalization("en", "ar");
}
