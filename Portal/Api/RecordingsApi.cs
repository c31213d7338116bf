using System.Security.Cryptography;
using System.Text;
using Localization;
using Microsoft.Extensions.Options;
using Portal.Data.Blobs;
using Portal.Security;
using Portal.Sessions.Recordings;

namespace Portal.Api;

/// <summary>A recording that was taken in.</summary>
public sealed record RecordingAnswerItem(Guid Id);

/// <summary>Where a recorder of one's own brings what it recorded. It is nobody's account: its own secret is the proof.</summary>
internal static class RecordingsApi
{
    public static void MapRecordingsApi(this IEndpointRouteBuilder routes)
    {
        var limits = routes.ServiceProvider.GetRequiredService<IOptions<RecordingOptions>>().Value;
        routes.MapPost("/api/v1/recordings", TakeAsync).WithTags("Recordings").AllowAnonymous().DisableAntiforgery()
            .RequireRateLimiting(RateLimits.Webhooks).WithMetadata(new SizeLimit(limits.MaxBytes))
            .Accepts<Stream>("video/mp4", "video/webm").Produces<RecordingAnswerItem>(201).Produces<RecordingAnswerItem>().ProducesProblem(401)
            .ProducesProblem(404).ProducesProblem(413).ProducesProblem(422)
            .WithSummary("Takes a recording as the body, by the room's name (?room=) and the file's (?file=), with the secret of "
                + "Recordings:UploadSecret as a bearer. The same file sent twice is kept once.");
    }

    private static async Task<IResult> TakeAsync(
        string? room, string? file, HttpContext http, RecordingUploads uploads, IOptions<RecordingOptions> options,
        CancellationToken cancellationToken)
    {
        if (options.Value.UploadSecret is "")
            return Problems.Of(StatusCodes.Status404NotFound, ErrorText.NoSuchFile);
        if (!Bears(http.Request.Headers.Authorization.ToString(), options.Value.UploadSecret))
            return Problems.Of(StatusCodes.Status401Unauthorized, ErrorText.SignInNeeded);
        if (!IsName(room) || !IsName(file))
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, ErrorText.RecordingNames);
        try
        {
            var result = await uploads.TakeAsync(room!, file!, http.Request.Body, cancellationToken);
            return result switch
            {
                { Outcome: UploadOutcome.Kept, Id: { } id } =>
                    Results.Json(new RecordingAnswerItem(id), statusCode: StatusCodes.Status201Created),
                { Outcome: UploadOutcome.Known, Id: { } id } => Results.Ok(new RecordingAnswerItem(id)),
                { Outcome: UploadOutcome.NoSuchRoom } => Problems.Of(StatusCodes.Status404NotFound, ErrorText.NoSuchRoom),
                _ => Problems.Of(StatusCodes.Status422UnprocessableEntity, ErrorText.RecordingNotAVideo),
            };
        }
        catch (Exception e) when (e is TooLargeException or BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, ErrorText.FileTooLarge.With(options.Value.MaxMegabytes));
        }
    }

    private static bool Bears(string given, string secret) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes("Bearer " + secret)));

    private static bool IsName(string? name) => name is { Length: > 0 and <= RecordingUploads.MaxName } && !name.Any(char.IsControl);
}
