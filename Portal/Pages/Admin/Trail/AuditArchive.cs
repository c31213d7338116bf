using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Portal.AuditTrail;
using Portal.Data;
using Portal.People;

namespace Portal.Pages.Admin.Trail;

/// <param name="Older">Where the next page begins; null on the last one.</param>
public sealed record AuditPage(IReadOnlyList<AuditLine> Lines, AuditCursor? Older)
{
    public static AuditPage Empty { get; } = new([], null);
}

/// <summary>The audit trail as administrators read it, newest first. Who is no administrator gets nothing.</summary>
public sealed class AuditArchive(PortalDbContext db, AuditNames names, AuditWords words, TimeProvider clock)
{
    public const int PageSize = 50;
    public const int OnPerson = 20;

    /// <summary>Rows that are held at once while all of them are written.</summary>
    private const int Batch = 500;

    /// <summary>A text that more people or sessions than this have in their name is no filter.</summary>
    private const int MaxMatches = 200;

    /// <param name="caller">Who reads.</param>
    /// <param name="filter">Which rows.</param>
    /// <param name="zone">Of the days in the filter, and of times in rows.</param>
    /// <param name="max">Rows.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<AuditPage> ListAsync(
        Caller caller, AuditFilter filter, string zone, int max, CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin)
            return AuditPage.Empty;
        var found = await (await FilteredAsync(filter, zone, cancellationToken)).Take(max + 1).ToListAsync(cancellationToken);
        var shown = found.Take(max).ToList();
        return new(await LinesAsync(shown, zone, cancellationToken),
            found.Count > max ? new(shown[^1].AtUtc, shown[^1].Id) : null);
    }

    /// <summary>All rows of the filter, for a file. That somebody takes them away stands in the trail first.</summary>
    public async IAsyncEnumerable<AuditLine> ExportAsync(
        Caller caller, AuditFilter filter, string zone, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!caller.IsAdmin)
            yield break;
        // What was typed into the filter may be somebody's name; the trail has none.
        var said = string.Join(' ', new[] { filter.Kind, AuditFilter.Written(filter.From), AuditFilter.Written(filter.To) }
            .Where(part => !string.IsNullOrEmpty(part)));
        Audit.Note(db, clock.GetUtcNow(), caller.UserId, AuditKinds.Export, "audit", said.Length == 0 ? null : said);
        await db.SaveChangesAsync(cancellationToken);
        for (AuditCursor? before = null; ;)
        {
            var rows = await (await FilteredAsync(filter with { Before = before }, zone, cancellationToken)).Take(Batch)
                .ToListAsync(cancellationToken);
            foreach (var line in await LinesAsync(rows, zone, cancellationToken))
                yield return line;
            if (rows.Count < Batch)
                yield break;
            before = new(rows[^1].AtUtc, rows[^1].Id);
        }
    }

    private async Task<IReadOnlyList<AuditLine>> LinesAsync(List<AuditEntry> rows, string zone, CancellationToken cancellationToken)
    {
        var known = await names.OfAsync(rows, cancellationToken);
        return [.. rows.Select(row => words.Line(row, known, zone))];
    }

    private async Task<IQueryable<AuditEntry>> FilteredAsync(AuditFilter filter, string zone, CancellationToken cancellationToken)
    {
        var rows = db.AuditEntries.AsNoTracking();
        if (filter.Who.Length > 0)
        {
            var actors = await PeopleAsync(filter.Who, cancellationToken);
            rows = rows.Where(a => actors.Contains(a.ActorId));
        }
        if (filter.About.Length > 0)
        {
            var subjects = await SubjectsAsync(filter.About, cancellationToken);
            rows = rows.Where(a => subjects.Contains(a.Subject));
        }
        if (filter.Kind.Contains('.'))
            rows = rows.Where(a => a.Action == filter.Kind);
        else if (filter.Kind.Length > 0)
            rows = rows.Where(a => a.Action.StartsWith(filter.Kind + "."));
        var days = DateTimeZoneProviders.Tzdb[zone];
        if (filter.From is { } from && days.AtStartOfDay(from).ToDateTimeOffset().ToUniversalTime() is var first)
            rows = rows.Where(a => a.AtUtc >= first);
        if (filter.To is { } to && days.AtStartOfDay(to.PlusDays(1)).ToDateTimeOffset().ToUniversalTime() is var end)
            rows = rows.Where(a => a.AtUtc < end);
        if (filter.Before is { AtUtc: var at, Id: var id })
            rows = rows.Where(a => a.AtUtc < at || a.AtUtc == at && a.Id.CompareTo(id) < 0);
        return rows.OrderByDescending(a => a.AtUtc).ThenByDescending(a => a.Id);
    }

    private async Task<List<Guid?>> PeopleAsync(string text, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(text, out var id))
            return [id];
        var part = text.ToUpperInvariant();
        return await db.Users.Where(u => u.NormalizedEmail!.Contains(part) || u.DisplayName.ToUpper().Contains(part))
            .OrderBy(u => u.Id).Select(u => (Guid?)u.Id).Take(MaxMatches).ToListAsync(cancellationToken);
    }

    private async Task<List<string>> SubjectsAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Contains(':'))
            return [text];
        var people = await PeopleAsync(text, cancellationToken);
        var part = text.ToUpperInvariant();
        var sessions = await db.Sessions.Where(s => s.Topic.ToUpper().Contains(part)).OrderByDescending(s => s.StartUtc)
            .Select(s => s.Id).Take(MaxMatches).ToListAsync(cancellationToken);
        return [.. people.Select(p => $"person:{p}"), .. sessions.Select(s => $"session:{s}")];
    }
}
