namespace Portal.People.SignIn;

/// <summary>A browser and a system out of what a browser calls itself; nothing finer, for nobody would know their device by it.</summary>
public static class DeviceName
{
    // The order counts: every browser claims to be those below it.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"),
        ("Macintosh", "macOS"), ("Linux", "Linux")];

    /// <summary>"Firefox · Windows"; empty for what does not say.</summary>
    public static string Of(string? userAgent) =>
        string.Join(" · ", new[] { Find(Browsers, userAgent), Find(Systems, userAgent) }.OfType<string>());

    /// <summary>"curl": the first product that it names.</summary>
    public static string OfProgram(string? userAgent)
    {
        var name = new string([.. (userAgent ?? "").TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.').Take(40)]);
        return name is "" ? "?" : name;
    }

    private static string? Find((string Mark, string Name)[] known, string? userAgent) =>
        known.FirstOrDefault(k => userAgent?.Contains(k.Mark, StringComparison.Ordinal) == true).Name;
}
