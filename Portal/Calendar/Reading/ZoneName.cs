using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.TimeZones;

namespace Portal.Calendar.Reading;

/// <summary>What the programs of this world call time zones.</summary>
public static partial class ZoneName
{
    private const int MaxLength = 200;

    private static readonly FrozenDictionary<string, string> Iana =
        DateTimeZoneProviders.Tzdb.Ids.ToFrozenDictionary(id => id, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> Windows =
        TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Cities of the zone names, of those that are in one place only: <c>Amsterdam</c>, <c>New York</c>.</summary>
    private static readonly FrozenDictionary<string, string> Cities = DateTimeZoneProviders.Tzdb.Ids
        .Where(id => id.Contains('/') && !id.StartsWith("Etc/", StringComparison.Ordinal))
        .GroupBy(id => id[(id.LastIndexOf('/') + 1)..].Replace('_', ' '), StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Words of display names that hold no city, and what Windows calls the zone without its Time.</summary>
    private static readonly FrozenDictionary<string, string> Regions = new Dictionary<string, string>
    {
        ["Eastern"] = "America/New_York",
        ["Central"] = "America/Chicago",
        ["Mountain"] = "America/Denver",
        ["Pacific"] = "America/Los_Angeles",
        ["Atlantic"] = "America/Halifax",
        ["Arizona"] = "America/Phoenix",
        ["Alaska"] = "America/Anchorage",
        ["Hawaii"] = "Pacific/Honolulu",
        ["Newfoundland"] = "America/St_Johns",
        ["Coordinated Universal"] = "Etc/UTC",
        ["Universal"] = "Etc/UTC",
        ["Zulu"] = "Etc/UTC",
        ["Utc"] = "Etc/UTC",
        ["Abu Dhabi"] = "Asia/Dubai",
        ["Bern"] = "Europe/Zurich",
        ["Chennai"] = "Asia/Kolkata",
        ["Beijing"] = "Asia/Shanghai",
        ["Osaka"] = "Asia/Tokyo",
        ["Edinburgh"] = "Europe/London",
        ["Canberra"] = "Australia/Sydney",
        ["Wellington"] = "Pacific/Auckland",
        ["Pretoria"] = "Africa/Johannesburg",
        ["Islamabad"] = "Asia/Karachi",
        ["Brasilia"] = "America/Sao_Paulo",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Without what texts and quotes add: <c>(UTC+00:00) Dublin\, Edinburgh</c>.</summary>
    public static string Clean(string id) => id.Replace("\\", "", StringComparison.Ordinal).Trim().Trim('"', '\'').Trim();

    /// <summary>Null for a name that is not known.</summary>
    public static DateTimeZone? Find(string id)
    {
        id = Clean(id);
        if (id.Length is 0 or > MaxLength)
            return null;
        return Named(id) ?? Windowish(id) ?? Offset(id) ?? BehindPrefix(id) ?? Displayed(id);
    }

    /// <summary>An offset that stands in a name, whatever else does: <c>(UTC+03:00) My company</c>.</summary>
    public static Offset? OffsetIn(string id) => Signed().Match(id) is { Success: true } match ? OffsetOf(match) : null;

    private static DateTimeZone? Named(string id) =>
        Iana.TryGetValue(id, out var iana) ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(iana)
        : Windows.TryGetValue(id, out var tzdb) ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(tzdb) : null;

    /// <summary><c>Eastern Standard Time 1</c>, <c>Eastern Daylight Time</c>, <c>Customized W. Europe Standard Time</c>.</summary>
    private static DateTimeZone? Windowish(string id)
    {
        var name = Number().Replace(id, "").Replace("Daylight", "Standard", StringComparison.OrdinalIgnoreCase)
            .Replace("Summer", "Standard", StringComparison.OrdinalIgnoreCase);
        return name == id ? null : Named(name.Trim());
    }

    private static DateTimeZone? Offset(string id) =>
        id is "Z" or "z" ? DateTimeZone.Utc
        : Alone().Match(id) is { Success: true } match && OffsetOf(match) is { } offset ? DateTimeZone.ForOffset(offset) : null;

    /// <summary><c>/mozilla.org/20050126_1/Europe/Berlin</c>, <c>tzone://Microsoft/Utc</c>.</summary>
    private static DateTimeZone? BehindPrefix(string id)
    {
        var parts = id.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 1; i < parts.Length; i++)
            if (Named(string.Join('/', parts[i..])) is { } zone)
                return zone;
        return null;
    }

    /// <summary>
    /// <c>(UTC+01:00) Amsterdam, Berlin, Bern</c>, <c>Eastern Time (US &amp; Canada)</c>: where a place and the offset agree.
    /// </summary>
    private static DateTimeZone? Displayed(string id)
    {
        var offset = OffsetIn(id);
        var words = Brackets().Replace(id, "").Replace(" Time", "", StringComparison.OrdinalIgnoreCase);
        if (offset is null && words.Length == id.Length)
            return Named(id.Replace(' ', '_'));
        foreach (var place in words.Split([',', ';', '/'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if ((Regions.GetValueOrDefault(place) ?? Cities.GetValueOrDefault(place)) is { } name
                && DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is { } zone && (offset is null || HasStandard(zone, offset.Value)))
                return zone;
        return null;
    }

    private static bool HasStandard(DateTimeZone zone, Offset offset) =>
        zone.GetZoneInterval(Instant.FromUtc(2025, 1, 1, 0, 0)).StandardOffset == offset;

    private static Offset? OffsetOf(Match match)
    {
        var hours = int.Parse(match.Groups["h"].ValueSpan, CultureInfo.InvariantCulture);
        var minutes = match.Groups["m"].Success ? int.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return hours > 14 || minutes > 59 ? null
            : NodaTime.Offset.FromSeconds((match.Groups["s"].Value is "+" ? 1 : -1) * (hours * 60 + minutes) * 60);
    }

    [GeneratedRegex(@"^Customi[sz]ed\s+|\s+\d+$", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?:UTC|GMT)?\s*(?<s>[+\-−])(?<h>\d{1,2})(?::?(?<m>\d{2}))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Alone();

    [GeneratedRegex(@"(?:UTC|GMT)\s*(?<s>[+\-−])\s*(?<h>\d{1,2})(?::?(?<m>\d{2}))?", RegexOptions.IgnoreCase)]
    private static partial Regex Signed();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Brackets();
}
