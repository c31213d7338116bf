using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Portal.People;
using Portal.People.SignIn;

namespace Portal.Security;

/// <summary>Puts a person who has shown who they are into a cookie, or between the two steps of doing so into another.</summary>
public sealed class BrowserSignIn(
    IUserClaimsPrincipalFactory<PortalUser> claims, UserManager<PortalUser> users, SignInManager<PortalUser> identity, Devices devices)
{
    private const string Remember = "remember";
    private const string Stamp = "stamp";

    public async Task SignInAsync(HttpContext http, PortalUser user, bool remember)
    {
        var device = await devices.AddBrowserAsync(user.Id, http.Request.Headers.UserAgent, http.RequestAborted);
        await http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await http.SignInAsync(IdentityConstants.ApplicationScheme, await PrincipalAsync(user, device),
            new AuthenticationProperties { IsPersistent = remember });
    }

    /// <summary>The same sign-in with what the account says now.</summary>
    public async Task RefreshAsync(HttpContext http, PortalUser user)
    {
        var ticket = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (ticket.Succeeded && ticket.Principal.UserId() == user.Id && ticket.Principal.DeviceId() is { } device)
            await http.SignInAsync(IdentityConstants.ApplicationScheme, await PrincipalAsync(user, device), ticket.Properties);
    }

    public async Task SignOutAsync(HttpContext http)
    {
        if (http.User.UserId() is { } user && http.User.DeviceId() is { } device)
            await devices.EndAsync(user, device, http.RequestAborted);
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        await http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
    }

    /// <summary>True where a code is to be asked for now.</summary>
    public async Task<bool> NeedsCodeAsync(PortalUser user) =>
        user.TwoFactorEnabled && !await identity.IsTwoFactorClientRememberedAsync(user);

    public Task RememberDeviceAsync(PortalUser user) => identity.RememberTwoFactorClientAsync(user);

    /// <summary>The password was right; the code is still to come, within five minutes.</summary>
    public Task BeginSecondStepAsync(HttpContext http, PortalUser user, bool remember) => http.SignInAsync(
        IdentityConstants.TwoFactorUserIdScheme,
        new(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, user.Id.ToString()), new(Stamp, user.SecurityStamp ?? ""),
            new(Remember, remember ? "yes" : "no")],
            IdentityConstants.TwoFactorUserIdScheme)));

    public async Task<(PortalUser User, bool Remember)?> SecondStepAsync(HttpContext http)
    {
        var ticket = await http.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        return ticket.Principal?.UserId() is { } id && await users.FindByIdAsync(id.ToString()) is { TwoFactorEnabled: true } user
            && user.SecurityStamp == ticket.Principal.FindFirstValue(Stamp)
                ? (user, ticket.Principal.FindFirstValue(Remember) == "yes")
                : null;
    }

    /// <summary>For a program: the same person, to be put into a token.</summary>
    public async Task<ClaimsPrincipal> ProgramAsync(HttpContext http, PortalUser user) =>
        await PrincipalAsync(user, await devices.AddProgramAsync(user.Id, http.Request.Headers.UserAgent, http.RequestAborted));

    private async Task<ClaimsPrincipal> PrincipalAsync(PortalUser user, Guid device)
    {
        var principal = await claims.CreateAsync(user);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new(PortalClaims.Device, device.ToString()));
        return principal;
    }
}
