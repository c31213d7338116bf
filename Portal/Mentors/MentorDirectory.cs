using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Sessions.Availability;

namespace Portal.Mentors;

/// <summary>A mentor as people who look for one see one.</summary>
public sealed record MentorCard(
    Guid Id, string Name, string TimeZone, int SessionMinutes, string Headline, IReadOnlyList<string> Topics,
    IReadOnlyList<string> Languages)
{
    /// <summary>Null for somebody without a picture.</summary>
    public string? PictureVersion { get; init; }

    /// <summary>Null where nothing is free within the mentor's horizon.</summary>
    public Slot? NextFree { get; init; }
}

/// <param name="Words">All of them must be in name, headline or topics.</param>
/// <param name="Topic">Exactly this topic, however it is written.</param>
/// <param name="Language">Two-letter code.</param>
/// <param name="SoonestFirst">Instead of by name; mentors with nothing free come last.</param>
public sealed record MentorQuery(string? Words, string? Topic, string? Language, bool SoonestFirst = false);

/// <param name="Items">The page.</param>
/// <param name="Total">How many fit in all.</param>
/// <param name="Topics">Of all mentors who can be booked, the most frequent first.</param>
/// <param name="Languages">Of all mentors who can be booked.</param>
public sealed record MentorPage(IReadOnlyList<MentorCard> Items, int Total, IReadOnlyList<string> Topics, IReadOnlyList<string> Languages);

/// <summary>
/// Who can be booked. What is searched is a few thousand short rows, read in one query and compared here: one rule of
/// what letters are alike, on every database engine, and Arabic as people write it.
/// </summary>
public sealed class MentorDirectory(PortalDbContext db, MentorCalendar calendar)
{
    private const int MaxTopics = 100;
    private const int MaxWords = 200;

    public async Task<MentorPage> FindAsync(MentorQuery query, int skip, int take, CancellationToken cancellationToken)
    {
        var all = await ListAsync(cancellationToken);
        var found = Fitting(all, query);
        IEnumerable<MentorCard> page;
        if (query.SoonestFirst)
        {
            var free = await calendar.FirstFreeAsync(found.Select(m => m.Id).ToList(), cancellationToken);
            page = found.Select(m => m with { NextFree = Next(free, m.Id) }).OrderBy(m => m.NextFree?.Start ?? DateTimeOffset.MaxValue)
                .ThenBy(m => m.Name, StringComparer.CurrentCulture).ThenBy(m => m.Id).Skip(skip).Take(take);
        }
        else
        {
            var shown = found.OrderBy(m => m.Name, StringComparer.CurrentCulture).ThenBy(m => m.Id).Skip(skip).Take(take).ToList();
            var free = await calendar.FirstFreeAsync(shown.Select(m => m.Id).ToList(), cancellationToken);
            page = shown.Select(m => m with { NextFree = Next(free, m.Id) });
        }
        return new(await WithPicturesAsync([.. page], cancellationToken), found.Count,
            [.. all.SelectMany(m => m.Topics).GroupBy(SearchText.Fold).OrderByDescending(g => g.Count())
                .ThenBy(g => g.Key, StringComparer.Ordinal).Take(MaxTopics).Select(g => g.First())],
            [.. all.SelectMany(m => m.Languages).Distinct().OrderBy(SpokenLanguages.Name, StringComparer.CurrentCulture)]);
    }

    private Task<List<MentorCard>> ListAsync(CancellationToken cancellationToken) =>
        calendar.Bookable().Where(m => !m.IsPaused)
            // Whoever has never said when cannot be booked, and need not be looked at.
            .Where(m => m.Hours.Count > 0 || m.SpecialDays.Any(d => d.FromMinute != null)).AsNoTracking()
            .Select(m => new MentorCard(m.UserId, m.User.DisplayName, m.User.TimeZone, m.SessionMinutes, m.Headline, m.Topics, m.Languages))
            .ToListAsync(cancellationToken);

    private static List<MentorCard> Fitting(List<MentorCard> all, MentorQuery query)
    {
        var text = query.Words ?? "";
        var words = SearchText.Fold(text[..Math.Min(text.Length, MaxWords)]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var topic = string.IsNullOrWhiteSpace(query.Topic) ? null : SearchText.Fold(query.Topic.Trim());
        var language = string.IsNullOrWhiteSpace(query.Language) ? null : query.Language.Trim().ToLowerInvariant();
        return [.. all.Where(m => (language is null || m.Languages.Contains(language))
            && (topic is null || m.Topics.Any(t => SearchText.Fold(t) == topic))
            && (words.Length == 0 || HasAll(m, words)))];
    }

    private static bool HasAll(MentorCard mentor, string[] words)
    {
        var text = SearchText.Fold(string.Join('\n', mentor.Topics.Prepend(mentor.Headline).Prepend(mentor.Name)));
        return words.All(word => text.Contains(word, StringComparison.Ordinal));
    }

    private async Task<List<MentorCard>> WithPicturesAsync(List<MentorCard> cards, CancellationToken cancellationToken)
    {
        var ids = cards.Select(m => m.Id).ToList();
        var versions = await db.Pictures.Where(p => ids.Contains(p.UserId)).Select(p => new { p.UserId, p.Version })
            .ToDictionaryAsync(p => p.UserId, p => p.Version, cancellationToken);
        return [.. cards.Select(m => m with { PictureVersion = versions.GetValueOrDefault(m.Id) })];
    }

    private static Slot? Next(Dictionary<Guid, Slot> free, Guid id) => free.TryGetValue(id, out var slot) ? slot : null;
}
