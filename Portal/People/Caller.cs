using System.Security.Claims;

namespace Portal.People;

/// <summary>Who asks a service to do something.</summary>
/// <param name="UserId">Null for a program with an API key.</param>
/// <param name="IsAdmin">May act for anyone: an administrator, or a program with an API key.</param>
public sealed record Caller(Guid? UserId, bool IsAdmin)
{
    public static Caller From(ClaimsPrincipal principal) => new(
        principal.UserId(), principal.IsInRole(Roles.Admin) || principal.IsInRole(Roles.Program));

    /// <summary>Lets endpoints take the caller as a parameter.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext http) => ValueTask.FromResult(From(http.User));
}

public static class CallerClaims
{
    public static Guid? UserId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    public static Guid? DeviceId(this ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(PortalClaims.Device), out var id) ? id : null;
}
