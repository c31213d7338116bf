using Localization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Portal.Sessions.Files;

namespace Portal.Api;

/// <summary>A file that somebody shared in a session.</summary>
/// <param name="Sha256">In hex.</param>
/// <param name="By">Who shared it; absent for somebody who has left the portal.</param>
/// <param name="MayDelete">For the caller.</param>
public sealed record FileItem(
    Guid Id, string Name, string ContentType, long Size, string Sha256, string? By, DateTimeOffset Added, bool MayDelete)
{
    internal static FileItem Of(SessionFile file, MentoringSession session, Caller caller) => new(
        file.Id, file.Name, file.ContentType, file.Size, file.Fingerprint,
        session.Participants.FirstOrDefault(p => p.UserId is { } id && id == file.AddedBy)?.Name, file.AddedUtc,
        SessionFiles.MayDelete(session, file, caller));
}

/// <summary>How much a call may send; the settings say so.</summary>
internal sealed record SizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;

/// <summary>Files that the people of a session share with each other.</summary>
internal static class FilesApi
{
    /// <summary>More of it waits on disk, not in memory.</summary>
    private const int InMemory = 64 * 1024;

    public static void MapFilesApi(this IEndpointRouteBuilder routes)
    {
        var limits = routes.ServiceProvider.GetRequiredService<IOptions<FilesOptions>>().Value;
        var group = routes.MapGroup("/api/v1/sessions/{id:guid}/files").WithTags("Files").RequireAuthorization();
        group.MapGet("", ListAsync).Produces<FileItem[]>()
            .WithSummary("Lists the files that the people of the session shared. Only they see them; administrators and API keys don't.");
        group.MapPost("", AddAsync).RequireRateLimiting(RateLimits.Booking).WithMetadata(new SizeLimit(limits.MaxRequest))
            .Accepts<Stream>("application/octet-stream").Produces<FileItem>(201).ProducesProblem(409).ProducesProblem(413).ProducesProblem(422)
            .WithSummary("Takes a file as the body and its name as ?name=. Its kind is told by its content and must fit the name.");
        group.MapGet("/{file:guid}", DownloadAsync).Produces(200).ProducesProblem(404)
            .WithSummary("Returns one file, as an attachment.");
        group.MapDelete("/{file:guid}", DeleteAsync).RequireRateLimiting(RateLimits.Booking).Produces(204)
            .WithSummary("Deletes a file (whoever shared it, or the mentor).");
    }

    private static async Task<IResult> ListAsync(Guid id, Caller caller, SessionFiles files, CancellationToken cancellationToken)
    {
        var (outcome, session, found) = await files.ListAsync(id, caller, cancellationToken);
        return session is null ? Problems.Of(outcome) : Results.Ok(found.Select(f => FileItem.Of(f, session, caller)).ToArray());
    }

    private static async Task<IResult> AddAsync(
        Guid id, string? name, Caller caller, HttpContext http, SessionFiles files, CancellationToken cancellationToken)
    {
        http.Request.EnableBuffering(InMemory, files.Limits.MaxRequest);
        try
        {
            await http.Request.Body.DrainAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException and not BadHttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            // Its length was not said beforehand, and it is over the limit.
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, ErrorText.FileTooLarge.With(files.Limits.MaxMegabytes));
        }
        var result = await files.AddAsync(id, name, http.Request.Body, caller, cancellationToken);
        if (result.File is not { } file)
            return Problems.Of(result.Status, result.Text(files.Limits));
        var (_, session, _) = await files.ListAsync(id, caller, cancellationToken);
        return session is null ? Problems.Of(SessionOutcome.NotAllowed)
            : Results.Created($"/api/v1/sessions/{id}/files/{file.Id}", FileItem.Of(file, session, caller));
    }

    private static async Task<IResult> DownloadAsync(
        Guid id, Guid file, Caller caller, HttpContext http, SessionFiles files, CancellationToken cancellationToken)
    {
        if (await files.OpenAsync(id, file, caller, cancellationToken) is not (var found, var content))
            return Problems.Of(SessionOutcome.NoSuchFile);
        http.ServeContent();
        return Results.Stream(content, found.ContentType, found.Name);
    }

    private static async Task<IResult> DeleteAsync(
        Guid id, Guid file, Caller caller, SessionFiles files, CancellationToken cancellationToken) =>
        Problems.Answer(await files.DeleteAsync(id, file, caller, cancellationToken));
}
