using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Portal.Data;

namespace Portal.People.Profile;

/// <summary>People's pictures: at most one each, drawn anew when it comes in.</summary>
public sealed class Pictures(PortalDbContext db, PictureQueue queue)
{
    /// <summary>Where the picture is served; without a version there is none.</summary>
    public static string? PathOf(Guid userId, string? version) => version is { Length: > 0 } ? $"/pictures/{userId}/{version}" : null;

    /// <summary>What is wrong with the file, or nothing: it is the person's picture now.</summary>
    public async Task<PictureProblem> SaveAsync(Guid userId, Stream? file, long length, CancellationToken cancellationToken)
    {
        if (file is null || length == 0)
            return PictureProblem.Missing;
        if (length > PictureFile.MaxBytes)
            return PictureProblem.TooLarge;
        var bytes = new byte[length];
        await file.ReadExactlyAsync(bytes, cancellationToken);
        var (problem, content) = await queue.DrawAsync(userId, bytes, cancellationToken);
        if (problem != PictureProblem.None)
            return problem;
        try
        {
            await KeepAsync(userId, content, cancellationToken);
            return PictureProblem.None;
        }
        catch (Exception e) when (db.IsFull(e))
        {
            return PictureProblem.NoRoom;
        }
    }

    private async Task KeepAsync(Guid userId, byte[] content, CancellationToken cancellationToken)
    {
        // The old one goes with the new one's coming, or stays.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await RemoveAsync(userId, cancellationToken);
        db.Pictures.Add(new()
        {
            UserId = userId,
            Content = content,
            ContentType = "image/jpeg",
            Version = Convert.ToHexStringLower(SHA256.HashData(content), 0, 10),
        });
        // Else it was a second click at the same moment, with the same picture.
        if (await db.TrySaveAsync(cancellationToken))
            await transaction.CommitAsync(cancellationToken);
    }

    public Task RemoveAsync(Guid userId, CancellationToken cancellationToken) =>
        db.Pictures.Where(p => p.UserId == userId).ExecuteDeleteAsync(cancellationToken);

    public Task<string?> VersionOfAsync(Guid userId, CancellationToken cancellationToken) =>
        db.Pictures.Where(p => p.UserId == userId).Select(p => p.Version).SingleOrDefaultAsync(cancellationToken);

    public Task<Dictionary<Guid, string>> VersionsOfAsync(Guid[] userIds, CancellationToken cancellationToken) =>
        db.Pictures.Where(p => userIds.Contains(p.UserId)).ToDictionaryAsync(p => p.UserId, p => p.Version, cancellationToken);

    internal Task<Picture?> FindAsync(Guid userId, string version, CancellationToken cancellationToken) =>
        db.Pictures.AsNoTracking().SingleOrDefaultAsync(p => p.UserId == userId && p.Version == version, cancellationToken);
}

/// <summary>
/// Pictures go to signed-in people and programs, and to meetings by a signed address; the version in the address changes with the
/// picture, so that browsers may keep it.
/// </summary>
public static class PictureRoute
{
    public static void MapPortalPictures(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/pictures/{userId:guid}/{version}", async (
            Guid userId, string version, Pictures pictures, PictureLinks links, HttpContext http) =>
        {
            var isSigned = links.IsGood(http.Request.Query[PictureLinks.Parameter], userId, version);
            if (!isSigned && http.User.Identity?.IsAuthenticated != true)
                return Results.Challenge();
            if (version.Length > 40 || await pictures.FindAsync(userId, version, http.RequestAborted) is not { } picture)
                return Results.NotFound();
            http.Response.Headers[HeaderNames.CacheControl] = "private, max-age=31536000, immutable";
            if (isSigned)
                http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
            // Opened by itself it is a picture and never a page.
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";
            return Results.Bytes(picture.Content, picture.ContentType);
        }).AllowAnonymous().ExcludeFromDescription();
}
