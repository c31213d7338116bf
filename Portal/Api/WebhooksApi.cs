using Microsoft.AspNetCore.Mvc;
using Portal.ProviderHost;
using Portal.Security;
using Portal.Sessions.Live;
using Providers;

namespace Portal.Api;

/// <summary>Where meeting tools call back. Each proves itself in its plugin; what it tells goes into the session's records.</summary>
internal static class WebhooksApi
{
    private const int MaxBytes = 1024 * 1024;

    public static void MapWebhooksApi(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/webhooks/{provider}", [HttpMethods.Get, HttpMethods.Post], ReceiveAsync)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes)).AllowAnonymous().DisableAntiforgery()
            .RequireRateLimiting(RateLimits.Webhooks).ExcludeFromDescription();

    private static async Task<IResult> ReceiveAsync(
        string provider, HttpContext http, RemoteMeetings remote, ToolSigns signs, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!remote.CallsBack(provider))
            return Results.Problem(statusCode: StatusCodes.Status404NotFound);
        if (await BodyAsync(http.Request, cancellationToken) is not { } body)
            return Results.Problem(statusCode: StatusCodes.Status413PayloadTooLarge);
        var headers = http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var query = http.Request.QueryString.Value is ['?', .. var rest] ? rest : "";
        try
        {
            var reply = await remote.ReceiveAsync(provider, new(http.Request.Method, query, headers, body), cancellationToken);
            var status = reply.Status is >= 200 and <= 599 ? reply.Status : StatusCodes.Status500InternalServerError;
            if (status < 300)
                await signs.WriteAsync(provider, reply.Signs, cancellationToken);
            return reply.Json is { } json ? Results.Text(json, "application/json", statusCode: status) : Results.StatusCode(status);
        }
        catch (ProviderException)
        {
            // The tool calls again later.
            return Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>The bytes as they came, for they are what was signed; null when they are too many, and nobody said so beforehand.</summary>
    private static async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > MaxBytes)
                return null;
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }
}
