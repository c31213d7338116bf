using Localization;
using Microsoft.AspNetCore.Diagnostics;
using Portal.Data;
using Portal.Data.Blobs;

namespace Portal.Observability;

/// <summary>
/// What nobody caught. A database that went away is 503 with Retry-After, not an error of ours; what a client sent
/// wrong keeps its status; the rest is logged with its kind and stack trace, of which the client sees nothing.
/// </summary>
public sealed class Failures(ILogger<Failures> log) : IExceptionHandler
{
    private const string RetryAfterSeconds = "10";

    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellationToken)
    {
        var (status, title) = Judge(http, exception);
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds;
            log.LogWarning("The database or the store of files did not answer: {Reason}", Innermost(exception).GetType().Name);
        }
        else if (status >= 500)
        {
            log.LogError("A request failed: {Failure}", FailureText.Of(exception));
        }
        http.Response.StatusCode = status;
        if (http.Request.Path.StartsWithSegments("/api"))
            await Results.Problem(statusCode: status, title: title).ExecuteAsync(http);
        // For people, the status code page around this handler draws the answer.
        return true;
    }

    private static (int Status, string Title) Judge(HttpContext http, Exception exception)
    {
        if (exception is BadHttpRequestException bad)
            return (bad.StatusCode, ErrorText.BadRequest);
        if (exception is OperationCanceledException && http.RequestAborted.IsCancellationRequested)
            return (StatusCodes.Status499ClientClosedRequest, "");
        var db = http.RequestServices.GetRequiredService<PortalDbContext>();
        return db.IsTransient(exception) ? (StatusCodes.Status503ServiceUnavailable, ErrorText.DatabaseGone)
            : exception is BlobException { IsFull: false } ? (StatusCodes.Status503ServiceUnavailable, ErrorText.StoreGone)
            : exception is BlobException || db.IsFull(exception) ? (StatusCodes.Status507InsufficientStorage, ErrorText.NoRoom)
            : (StatusCodes.Status500InternalServerError, ErrorText.Unexpected);
    }

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
