namespace Localization;

/// <summary>Time zones in the reader's words.</summary>
public static class ZoneNames
{
    /// <summary>"Cairo time", «توقيت القاهرة».</summary>
    public static string In(string ianaId, string language) => (ianaId, language) switch
    {
        ("Etc/UTC", "ar") => "التوقيت العالمي المنسق",
        ("Etc/UTC", _) => "Coordinated Universal Time",
        ("Africa/Cairo", "ar") => "توقيت القاهرة",
        ("Europe/Berlin", "ar") => "توقيت برلين",
        (_, "ar") => $"توقيت {City(ianaId)}",
        _ => $"{City(ianaId)} time",
    };

    private static string City(string ianaId) => ianaId[(ianaId.LastIndexOf('/') + 1)..].Replace('_', ' ');
}
