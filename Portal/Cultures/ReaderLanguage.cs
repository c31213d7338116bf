using System.Globalization;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Portal.Cultures;

/// <summary>
/// For pages that learn from the data who reads them (a mailed link tells whose it is): the handler puts the person's
/// language into <c>HttpContext.Items["ReaderLanguage"]</c> and the page is written in it, unless the visitor has chosen
/// another one on this device.
/// </summary>
public sealed class ReaderLanguage : IAsyncAlwaysRunResultFilter
{
    public const string Item = "ReaderLanguage";

    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (RequestLanguage.Chosen(http) is null && RequestLanguage.Known(http.Items[Item] as string) is { } language)
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        await next();
    }
}
