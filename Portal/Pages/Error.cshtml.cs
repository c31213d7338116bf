using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Cultures;

namespace Portal.Pages;

public enum ErrorNext
{
    Home,
    SignIn,
    Again,
    Mentors,
}

/// <summary>
/// What people see instead of a page. It is drawn in place of the failed request, whatever its method was, so it has no
/// handlers of its own and asks for no antiforgery token.
/// </summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public class ErrorModel(ILogger<ErrorModel> log) : PageModel
{
    private static readonly int[] Known = [400, 401, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503];

    [FromRoute]
    public int Status { get; set; }

    /// <summary>A status without words of its own is told as the general one of its hundred.</summary>
    public int Shown => Known.Contains(Status) ? Status : Status is >= 500 and < 600 ? 500 : Status is >= 400 and < 500 ? 400 : 404;

    public (string Title, string Sentence) Words => Shown switch
    {
        401 => (ErrorText.Page401Title, ErrorText.Page401),
        403 => (ErrorText.Page403Title, ErrorText.Page403),
        404 => (ErrorText.Page404Title, ErrorText.Page404),
        405 => (ErrorText.Page405Title, ErrorText.Page405),
        409 => (ErrorText.Page409Title, ErrorText.Page409),
        410 => (ErrorText.Page410Title, ErrorText.Page410),
        413 => (ErrorText.Page413Title, ErrorText.Page413),
        422 => (ErrorText.Page422Title, ErrorText.Page422),
        429 => (ErrorText.Page429Title, ErrorText.Page429),
        500 => (ErrorText.Page500Title, ErrorText.Page500),
        503 => (ErrorText.Page503Title, ErrorText.Page503),
        _ => (ErrorText.Page400Title, ErrorText.Page400),
    };

    public ErrorNext Next => Shown switch
    {
        401 => ErrorNext.SignIn,
        403 when User.Identity?.IsAuthenticated != true => ErrorNext.SignIn,
        404 or 410 => ErrorNext.Mentors,
        400 or 405 or 409 or 422 or 429 or 500 or 503 => ErrorNext.Again,
        _ => ErrorNext.Home,
    };

    /// <summary>The page that failed; null when nobody came from one.</summary>
    public string? Again => HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is null ? null : LanguageReturn.To(HttpContext);

    /// <summary>What to name when asking for help: stands in the log, right after the failure.</summary>
    public string? Reference => Shown == 500 ? HttpContext.TraceIdentifier : null;

    /// <summary>What to ask the portal's people for, where they can be written to.</summary>
    public string? Contact => Shown switch
    {
        403 => ErrorText.PageContact,
        500 => ErrorText.PageContactReference,
        _ => null,
    };

    public override void OnPageHandlerExecuting(Microsoft.AspNetCore.Mvc.Filters.PageHandlerExecutingContext context)
    {
        // Asked for by its own address, it answers with the status it speaks of.
        if (HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is null)
            Response.StatusCode = Shown;
        else if (Reference is not null)
            log.LogError("The failure was shown with the reference {Reference}", Reference);
    }
}
