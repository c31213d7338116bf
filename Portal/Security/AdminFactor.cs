using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Portal.People;
using Portal.People.Accounts;

namespace Portal.Security;

/// <summary>An administrator without a second factor comes no further than the pages, and the calls, that set one up.</summary>
public static class AdminFactor
{
    public const string SetUpPage = "/account/security";

    private static readonly PathString[] Open =
        [SetUpPage, "/account/two-factor", "/account/sign-out", "/api/v1/account/two-factor", "/api/v1/account/proof"];

    /// <summary>By setting; where nothing is set, in Production.</summary>
    public static bool IsMissing(HttpContext http) =>
        http.User.IsInRole(Roles.Admin) && !http.User.HasClaim(c => c.Type == PortalClaims.SecondFactor)
        && (http.RequestServices.GetRequiredService<IOptions<AccountOptions>>().Value.AdminsNeedSecondFactor
            ?? http.RequestServices.GetRequiredService<IHostEnvironment>().IsProduction());

    public static IApplicationBuilder UsePortalAdminFactor(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (!IsMissing(http) || http.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || Open.Any(o => http.Request.Path.StartsWithSegments(o)))
            await next(http);
        else if (http.Request.Path.StartsWithSegments("/api"))
            await Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: ErrorText.SecondFactorNeeded,
                extensions: new Dictionary<string, object?> { ["code"] = "secondFactorNeeded" }).ExecuteAsync(http);
        else
            http.Response.Redirect(SetUpPage);
    });
}
