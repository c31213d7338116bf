using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Portal.Pages;

/// <summary>How pages and files travel: compressed where that tells nobody anything, and kept where an address means one content.</summary>
public static class Delivery
{
    private const string KeepForEver = "public, max-age=31536000, immutable";

    public static IServiceCollection AddPortalDelivery(this IServiceCollection services)
    {
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes = ["text/html", "text/css", "text/javascript", "image/svg+xml"];
        });
        return services.AddSingleton<IResponseCompressionProvider, PublicCompression>();
    }

    /// <summary>A file whose address carries a version (asp-append-version) is another address once it changes.</summary>
    public static IApplicationBuilder UsePortalFiles(this IApplicationBuilder app) => app.UseStaticFiles(new StaticFileOptions
    {
        OnPrepareResponse = file =>
        {
            if (file.Context.Request.Query.ContainsKey("v"))
                file.Context.Response.Headers.CacheControl = KeepForEver;
        },
    });

    /// <summary>Thousands of quarter hours to choose from, no word of anybody else's, and a token that is another one each time.</summary>
    private const string Hours = "/settings/hours";

    /// <summary>
    /// The length of a compressed page tells what repeats in it (BREACH). Pages of people who are signed in, and the room with
    /// its token, may hold what an attacker would guess at beside what the attacker made them ask for: they go as they are.
    /// </summary>
    private sealed class PublicCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
        : ResponseCompressionProvider(services, options)
    {
        public override bool ShouldCompressResponse(HttpContext context) =>
            (context.User.Identity?.IsAuthenticated != true || context.Request.Path.Equals(Hours, StringComparison.OrdinalIgnoreCase))
            && !context.Request.Path.StartsWithSegments("/meeting")
            && base.ShouldCompressResponse(context);
    }
}
