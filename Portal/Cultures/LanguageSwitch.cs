using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace Portal.Cultures;

/// <summary>The button in every page's head.</summary>
public static class LanguageSwitch
{
    public const string Path = "/language";

    public static void MapLanguageSwitch(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, async (HttpContext http, IAntiforgery antiforgery) =>
        {
            if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http))
                return Results.StatusCode(StatusCodes.Status400BadRequest);
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            if (RequestLanguage.Known(form["language"]) is not { } language)
                return Results.StatusCode(StatusCodes.Status400BadRequest);
            RequestLanguage.Choose(http, language);
            return Results.LocalRedirect(LanguageReturn.Checked(form["returnUrl"]));
        }).AllowAnonymous().ExcludeFromDescription();
}

/// <summary>Where the switch leads back to: the page it was pressed on, and never anywhere else.</summary>
public static class LanguageReturn
{
    /// <summary>The page's own address, or the nearest one that can be asked for by GET.</summary>
    public static string To(HttpContext http)
    {
        // An error page is drawn in place of the page that was asked for.
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is { } failed)
            return Checked(new PathString(failed.OriginalPathBase + failed.OriginalPath).ToUriComponent());
        var request = http.Request;
        return Checked(request.PathBase.Add(request.Path).Add(HttpMethods.IsGet(request.Method) ? request.QueryString : default));
    }

    /// <summary>A path on this host, whatever was sent.</summary>
    public static string Checked(string? address) =>
        address is { Length: > 0 and <= 2000 } && address[0] == '/'
        && (address.Length == 1 || address[1] is not ('/' or '\\'))
        // A header takes nothing else; an address that was properly escaped has nothing else.
        && address.All(c => c is > ' ' and < (char)127)
            ? address
            : "/";
}
