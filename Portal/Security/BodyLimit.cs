using Localization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Portal.Security;

/// <summary>
/// How much anybody may send: a form or a call with room to spare, and pictures where they are asked for. The server's own limit, of
/// thirty megabytes, is for one request; a list of a million guests in it is judged one by one.
/// </summary>
public static class BodyLimit
{
    public const long Max = 256 * 1024;

    /// <summary>Before anything reads a body. What asks for more says so by the framework's own attribute.</summary>
    public static IApplicationBuilder UsePortalBodyLimit(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        // The page that is drawn in place of a refused request has that request's body.
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            await next(http);
            return;
        }
        var max = http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? Max;
        if (http.Request.ContentLength > max)
        {
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            if (http.Request.Path.StartsWithSegments("/api"))
                await Results.Problem(statusCode: StatusCodes.Status413PayloadTooLarge, title: ErrorText.Page413).ExecuteAsync(http);
            return;
        }
        // For bodies whose length nobody says beforehand.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
            server.MaxRequestBodySize = max;
        await next(http);
    });
}
