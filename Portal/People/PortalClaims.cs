using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Portal.People.Profile;

namespace Portal.People;

/// <summary>What every page needs to know about its reader, carried along so that no page asks the database for it.</summary>
public static class PortalClaims
{
    public const string Language = "lang";
    public const string Name = "name";

    /// <summary>The version of the person's picture, where there is one.</summary>
    public const string Picture = "picture";

    /// <summary>There where the account has a second factor.</summary>
    public const string SecondFactor = "second-factor";

    /// <summary>The <see cref="SignedInDevice"/>; not the account's but this sign-in's.</summary>
    public const string Device = "device";
}

internal sealed class PortalClaimsFactory(
    UserManager<PortalUser> users, RoleManager<IdentityRole<Guid>> roles, Pictures pictures, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<PortalUser, IdentityRole<Guid>>(users, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(PortalUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new(PortalClaims.Language, user.Language));
        identity.AddClaim(new(PortalClaims.Name, user.DisplayName));
        if (user.TwoFactorEnabled)
            identity.AddClaim(new(PortalClaims.SecondFactor, "on"));
        if (await pictures.VersionOfAsync(user.Id, CancellationToken.None) is { } version)
            identity.AddClaim(new(PortalClaims.Picture, version));
        return identity;
    }
}
