using System.Security.Claims;
using Localization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Portal.Data;
using Portal.People;
using Portal.People.Profile;
using Portal.People.SignIn;
using Portal.Settings;

namespace Portal.Security;

/// <summary>Cookies for people, the framework's bearer tokens and API keys for programs.</summary>
public static class IdentitySetup
{
    private const string ByHeader = "portal";

    public static IServiceCollection AddPortalIdentity(this IServiceCollection services)
    {
        services.AddScoped<IPasswordHasher<PortalUser>, PortalPasswordHasher>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = PortalPasswordHasher.Rounds);
        services.AddHttpContextAccessor();
        services.AddIdentityCore<PortalUser>(ConfigureAccounts)
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<PortalDbContext>()
            .AddSignInManager()
            .AddDefaultTokenProviders()
            .AddClaimsPrincipalFactory<PortalClaimsFactory>();
        // How long a role that was taken away still works in an open browser.
        services.Configure<SecurityStampValidatorOptions>(stamp =>
        {
            stamp.ValidationInterval = TimeSpan.FromMinutes(1);
            stamp.OnRefreshingPrincipal = KeepDevice;
        });

        // A passkey belongs to the public address, whatever host a request names.
        services.AddOptions<IdentityPasskeyOptions>().Configure<PublicAddress>((passkeys, address) =>
        {
            passkeys.ServerDomain = address.Base.Host;
            passkeys.UserVerificationRequirement = "required"; // a code is not asked for after it
            passkeys.ResidentKeyRequirement = "required"; // else nobody could sign in without first saying who they are
            passkeys.ValidateOrigin = context => ValueTask.FromResult(
                !context.CrossOrigin && context.Origin == address.Base.GetLeftPart(UriPartial.Authority));
        });

        var authentication = services.AddAuthentication(ByHeader);
        authentication.AddPolicyScheme(ByHeader, null, policy => policy.ForwardDefaultSelector = SchemeFor);
        authentication.AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(ConfigureCookie));
        authentication.AddBearerToken(IdentityConstants.BearerScheme);
        authentication.AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);

        services.AddScoped<BrowserSignIn>();
        services.AddSingleton<KnownBrowsers>();
        services.AddAuthorization(authorization => authorization.FallbackPolicy = SignedIn());
        return services;
    }

    private static void ConfigureAccounts(IdentityOptions identity)
    {
        identity.Password = new()
        {
            RequiredLength = PersonRules.MinPasswordLength,
            RequireDigit = false,
            RequireLowercase = false,
            RequireUppercase = false,
            RequireNonAlphanumeric = false,
        };
        identity.SignIn.RequireConfirmedEmail = true;
        identity.User.RequireUniqueEmail = true;
        // The user name is the address, which has rules of its own.
        identity.User.AllowedUserNameCharacters = "";
    }

    /// <summary>The framework has no hook for tokens: a program whose device was ended goes on as nobody, and any other as
    /// whom the account is now.</summary>
    public static IApplicationBuilder UsePortalDevices(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (SchemeFor(http) == IdentityConstants.BearerScheme && http.User.UserId() is not null)
            http.User = await http.RequestServices.GetRequiredService<BrowserSignIn>().AsNowAsync(http.User, http.RequestAborted)
                ?? new(new ClaimsIdentity());
        await next(http);
    });

    private static Task<bool> IsKnownDeviceAsync(HttpContext http, ClaimsPrincipal person) =>
        person.UserId() is { } user
            ? http.RequestServices.GetRequiredService<Devices>().MayGoOnAsync(user, person.DeviceId(), http.RequestAborted)
            : Task.FromResult(false);

    /// <summary>The account is read anew; the device is the cookie's.</summary>
    private static Task KeepDevice(SecurityStampRefreshingPrincipalContext context)
    {
        if (context.CurrentPrincipal?.FindFirst(PortalClaims.Device) is { } device
            && context.NewPrincipal?.Identity is ClaimsIdentity identity)
            identity.AddClaim(device.Clone(identity));
        return Task.CompletedTask;
    }

    /// <summary>Keys and tokens open the API, and the pictures that it names; pages are for people.</summary>
    internal static string SchemeFor(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments("/api") && !http.Request.Path.StartsWithSegments("/pictures"))
            return IdentityConstants.ApplicationScheme;
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer " + ApiKeyAuthentication.Prefix, StringComparison.Ordinal) ? ApiKeyAuthentication.SchemeName
            : header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? IdentityConstants.BearerScheme
            : IdentityConstants.ApplicationScheme;
    }

    /// <summary>Everything needs a sign-in unless it says otherwise; what does not exist is simply not found.</summary>
    private static AuthorizationPolicy SignedIn() => new AuthorizationPolicyBuilder()
        .RequireAssertion(context =>
            context.User.Identity?.IsAuthenticated == true || context.Resource is HttpContext http && http.GetEndpoint() is null)
        .Build();

    private static void ConfigureCookie(CookieAuthenticationOptions cookie)
    {
        // The name stays the framework's: CrossSiteGuard knows the cookie by it.
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.ExpireTimeSpan = Devices.CookieLife;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/account/sign-in";
        cookie.AccessDeniedPath = "/account/access-denied";
        cookie.ReturnUrlParameter = "returnUrl";
        // An error page is drawn after the request was judged, and perhaps because the database is gone: it asks nothing of it.
        var judge = cookie.Events.OnValidatePrincipal;
        cookie.Events.OnValidatePrincipal = async context =>
        {
            if (context.HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is not null)
                return;
            // A clock that was set back would keep what the account was for as long as it was wrong.
            if (context.Properties.IssuedUtc > context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow())
                context.Properties.IssuedUtc = null;
            await judge(context);
            if (context.Principal is not null && !await IsKnownDeviceAsync(context.HttpContext, context.Principal))
            {
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            }
        };
        cookie.Events.OnRedirectToLogin = context => AnswerAsync(context, StatusCodes.Status401Unauthorized, ErrorText.SignInNeeded);
        cookie.Events.OnRedirectToAccessDenied = async context =>
        {
            await Refusals.NoteAsync(context.HttpContext, StatusCodes.Status403Forbidden);
            await AnswerAsync(context, StatusCodes.Status403Forbidden, ErrorText.PeopleNotAllowed);
        };
    }

    /// <summary>Programs get the status; people are led on, by a path: the framework would take the host from the request.</summary>
    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status, string title)
    {
        if (context.Request.Path.StartsWithSegments("/api"))
            return Results.Problem(statusCode: status, title: title).ExecuteAsync(context.HttpContext);
        context.Response.Redirect(new Uri(context.RedirectUri).PathAndQuery);
        return Task.CompletedTask;
    }
}
