using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Portal.People;
using Portal.People.SignIn;

namespace Portal.Security;

/// <summary>Puts a person who has shown who they are into a cookie, or between the two steps of doing so into another.</summary>
public sealed class BrowserSignIn(
    IUserClaimsPrincipalFactory<PortalUser> claims, UserManager<PortalUser> users, SignInManager<PortalUser> identity, Devices devices,
    KnownBrowsers known, DeviceWatch watch, SecurityTrail trail)
{
    private const string Remember = "remember";
    private const string Stamp = "stamp";

    /// <param name="http">Of the browser.</param>
    /// <param name="user">Who has shown who they are.</param>
    /// <param name="remember">Beyond the end of the browser.</param>
    /// <param name="how">By which factors.</param>
    public async Task SignInAsync(HttpContext http, PortalUser user, bool remember, string how)
    {
        await EndReplacedAsync(http);
        trail.Note(SecurityTrail.Good, user.Id, how); // saved with the device
        known.Remember(http, user);
        var device = await devices.AddBrowserAsync(user.Id, http.Request.Headers.UserAgent, http.RequestAborted);
        await http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await http.SignInAsync(IdentityConstants.ApplicationScheme, await PrincipalAsync(user, device),
            new AuthenticationProperties { IsPersistent = remember });
    }

    /// <summary>Whoever has read a mail to the account here is no stranger.</summary>
    public void Know(HttpContext http, PortalUser user) => known.Remember(http, user);

    public GuessSource Source(HttpContext http, string? email) => known.Source(http, email);

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
        // Pictures of others lie there for a year; cookies stay, for this browser is still known.
        http.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
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
    public async Task<ClaimsPrincipal> ProgramAsync(HttpContext http, PortalUser user)
    {
        trail.Note(SecurityTrail.Good, user.Id, user.TwoFactorEnabled ? "program, password and code" : "program, password");
        return await PrincipalAsync(user, await devices.AddProgramAsync(
            user.Id, http.Request.Headers.UserAgent, ClientNetwork.Coarse(http.Connection.RemoteIpAddress), http.RequestAborted));
    }

    /// <summary>Whom a token speaks for, as the account is now: roles that were taken away are gone within the minute.</summary>
    public async Task<ClaimsPrincipal?> AsNowAsync(ClaimsPrincipal token, CancellationToken cancellationToken)
    {
        if (token.UserId() is not { } id || token.DeviceId() is not { } device
            || !await devices.MayGoOnAsync(id, device, cancellationToken))
            return null;
        if (watch.PersonOf(device) is { } known)
            return known;
        if (await users.FindByIdAsync(id.ToString()) is not { } user)
            return null;
        var person = await PrincipalAsync(user, device);
        watch.Keep(device, person);
        return person;
    }

    /// <summary>Whoever was signed in here before: their cookie is overwritten, and a copy of it must not live on.</summary>
    private async Task EndReplacedAsync(HttpContext http)
    {
        var before = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (before.Principal?.UserId() is { } user && before.Principal.DeviceId() is { } device)
            await devices.EndAsync(user, device, http.RequestAborted);
    }

    private async Task<ClaimsPrincipal> PrincipalAsync(PortalUser user, Guid device)
    {
        var principal = await claims.CreateAsync(user);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new(PortalClaims.Device, device.ToString()));
        return principal;
    }
}
