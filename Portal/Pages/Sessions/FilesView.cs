using Localization;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Portal.Sessions.Files;

namespace Portal.Pages.Sessions;

/// <param name="By">Who shared it; empty for somebody who has left.</param>
public sealed record FileRow(SessionFile File, string By, bool MayDelete);

/// <summary>What the people of a session shared with each other.</summary>
/// <param name="Zone">The reader's.</param>
public sealed record FilesView(Guid SessionId, IReadOnlyList<FileRow> Files, bool MayAdd, FilesOptions Limits, string Zone)
{
    private const double Kilobyte = 1024;

    /// <summary>Null for who has no part in it, and where there is nothing and nothing can come.</summary>
    public static async Task<FilesView?> ReadAsync(SessionPageModel page, SessionFiles files, CancellationToken cancellationToken)
    {
        var (session, caller) = (page.Session, Caller.From(page.User));
        if (SessionFiles.ReaderOf(session, caller) is null)
            return null;
        var rows = (await files.OfAsync(session.Id, cancellationToken)).ConvertAll(f => new FileRow(
            f, f.AddedBy is { } by ? session.Participants.FirstOrDefault(p => p.UserId == by)?.Name ?? "" : "",
            SessionFiles.MayDelete(session, f, caller)));
        var mayAdd = files.MayAdd(session, caller).IsAllowed();
        return rows.Count > 0 || mayAdd ? new(session.Id, rows, mayAdd, files.Limits, page.ReaderZone) : null;
    }

    public static string Size(long bytes) => bytes < Kilobyte * Kilobyte
        ? UiText.FileKilobytes.With(Math.Max(1, Math.Round(bytes / Kilobyte)))
        : UiText.FileMegabytes.With(Math.Round(bytes / Kilobyte / Kilobyte, 1));
}
