using System.Globalization;
using System.Resources;
using NodaTime;
using NodaTime.TimeZones;

namespace Localization;

/// <summary>
/// Time zones in the reader's words. The names are ours (Zones.resx, Zones.ar.resx): the system would answer in English
/// whatever the culture.
/// </summary>
public static class ZoneNames
{
    private static readonly ResourceManager Cities = new("Localization.Zones", typeof(ZoneNames).Assembly);

    /// <summary>"Cairo time", «توقيت القاهرة».</summary>
    public static string In(string ianaId, string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        if (FixedOffset(ianaId, culture) is { } words)
            return words;
        return UiText.ResourceManager.GetString("ZoneTime", culture)!.With(City(ianaId, language));
    }

    /// <summary>The city alone: "Cairo", «القاهرة».</summary>
    public static string City(string ianaId, string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        return FixedOffset(ianaId, culture)
            // A zone that has a name of its own keeps it: Kuwait follows Riyadh's clock, but nobody there calls it that.
            ?? Cities.GetString(ianaId, culture)
            ?? Cities.GetString(Canonical(ianaId), culture)
            ?? ianaId[(ianaId.LastIndexOf('/') + 1)..].Replace('_', ' ');
    }

    /// <summary>The id that the clock rules are kept under; an unknown id is answered as it is.</summary>
    public static string Canonical(string ianaId) =>
        TzdbDateTimeZoneSource.Default.CanonicalIdMap.TryGetValue(ianaId, out var canonical) ? canonical : ianaId;

    /// <summary>The zone of this id, or of the city that is called so in the language; null when there is none.</summary>
    public static string? Find(string? text, string language)
    {
        if (text?.Trim() is not { Length: > 0 and <= 100 } typed)
            return null;
        if (DateTimeZoneProviders.Tzdb.Ids.FirstOrDefault(id => id.Equals(typed, StringComparison.OrdinalIgnoreCase)) is { } known)
            return known;
        var compare = CultureInfo.GetCultureInfo(language).CompareInfo;
        const CompareOptions alike = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;
        return TimeZoneChoices.Ids.FirstOrDefault(id => compare.Compare(City(id, language), typed, alike) == 0);
    }

    public static bool Exists(string? ianaId) => ianaId is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(ianaId) is not null;

    /// <summary>Zones without a city: UTC and the Etc/GMT±n family, whose ids carry the opposite sign of what they mean.</summary>
    private static string? FixedOffset(string ianaId, CultureInfo culture)
    {
        var canonical = Canonical(ianaId);
        if (canonical is "Etc/UTC" or "Etc/GMT")
            return UiText.ResourceManager.GetString("ZoneUtc", culture);
        if (!canonical.StartsWith("Etc/", StringComparison.Ordinal) || DateTimeZoneProviders.Tzdb.GetZoneOrNull(canonical) is not { } zone)
            return null;
        return Offset(zone.MinOffset);
    }

    /// <summary>"UTC+02:00", isolated so that it stays in this order inside Arabic text too.</summary>
    internal static string Offset(Offset offset)
    {
        var minutes = Math.Abs(offset.Seconds / 60);
        var sign = offset.Seconds < 0 ? '\u2212' : '+';
        return string.Create(CultureInfo.InvariantCulture, $"\u2066UTC{sign}{minutes / 60:00}:{minutes % 60:00}\u2069");
    }
}
