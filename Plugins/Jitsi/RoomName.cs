using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Providers;

namespace Plugins.Jitsi;

/// <summary>Room names from the pattern of the settings: lower-case letters, digits and hyphens, nothing else.</summary>
internal static partial class RoomName
{
    /// <summary>Recorders cut their file names at 125.</summary>
    public const int MaxCharacters = 120;

    private const int MaxOfAName = 20;
    private const int RandomCharacters = 12; // 5 bits each

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly Dictionary<string, int> Max = new()
    {
        ["session"] = 32,
        ["sessionId"] = 32,
        ["mentor"] = MaxOfAName,
        ["mentee"] = MaxOfAName,
        ["date"] = 8,
        ["version"] = 10,
        ["random"] = RandomCharacters,
    };

    // Paths that servers answer themselves. Those with dots or underscores cannot come from a pattern.
    private static readonly HashSet<string> Reserved =
    [
        "http-bind", "xmpp-websocket", "conference-request", "colibri-ws", "colibri-relay-ws", "libs", "css", "static", "images", "fonts",
        "lang", "sounds", "well-known", "transcripts", "etherpad", "load-test", "unlock", "api", "jicofo-health-check",
    ];

    [GeneratedRegex(@"\{(?<name>[^{}]*)\}")]
    private static partial Regex Placeholder { get; }

    [GeneratedRegex(@"^[A-Za-z0-9-]*\z")]
    private static partial Regex Literal { get; }

    [GeneratedRegex("-{2,}")]
    private static partial Regex Hyphens { get; }

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,198}[a-z0-9])?\z")]
    private static partial Regex Shape { get; }

    public static bool IsValid(string room) => Shape.IsMatch(room) && !IsReserved(room);

    public static string Make(string pattern, MeetingRequest request) =>
        Finish(Placeholder.Replace(pattern, match => match.Groups["name"].Value switch
    {
        "session" or "sessionId" => request.SessionId.ToString("n"),
        "mentor" => Latin.Slug(request.MentorName, MaxOfAName),
        "mentee" => Latin.Slug(request.MenteeName, MaxOfAName),
        "date" => request.Start.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        "version" => request.RoomVersion.ToString(CultureInfo.InvariantCulture),
        _ => RandomNumberGenerator.GetString(Alphabet, RandomCharacters),
    }));

    /// <summary>A name as the pattern makes it.</summary>
    public static string Preview(string pattern) => Make(pattern, new()
    {
        SessionId = Guid.Parse("0199d2f0-6a5c-7c3e-9b7e-2f6d8a1b4c5d"),
        RoomVersion = 1,
        Title = "",
        Start = DateTimeOffset.UnixEpoch,
        Length = TimeSpan.FromHours(1),
        TimeZone = "UTC",
        MentorName = "mentor",
        MenteeName = "mentee",
    });

    public static bool Has(string pattern, string placeholder) =>
        Placeholder.Matches(pattern)
            .Any(m => m.Groups["name"].Value == placeholder || (placeholder == "session" && m.Groups["name"].Value == "sessionId"));

    /// <summary>What is wrong with the pattern, if anything is.</summary>
    public static string? Problem(JitsiOptions options)
    {
        var pattern = options.RoomPattern;
        var names = Placeholder.Matches(pattern).Select(m => m.Groups["name"].Value).ToList();
        var literals = Placeholder.Replace(pattern, "");
        if (!names.All(Max.ContainsKey) || !Literal.IsMatch(literals))
            return Format(Texts.PatternCharacters, string.Join(", ", Max.Keys.Select(k => $"{{{k}}}")));
        if (literals.Length + names.Sum(n => Max[n]) > MaxCharacters)
            return Format(Texts.PatternLong, MaxCharacters);
        if (names.Count == 0 && IsReserved(Tidy(pattern)))
            return Texts.PatternReserved;
        // Whoever sees an address, or keeps a log of them, would learn who met whom.
        if ((Has(pattern, "mentor") || Has(pattern, "mentee")) && !(options.NamesInRooms && options.UsesTokens))
            return options.UsesTokens ? Texts.PatternNames : Texts.PatternNamesPublic;
        if (!options.UsesTokens && !(Has(pattern, "version") && Has(pattern, "random")))
            return Texts.PatternGuessable;
        if (!Has(pattern, "session") && !Has(pattern, "random"))
            return Texts.PatternShared;
        return null;
    }

    private static bool IsReserved(string room) =>
        Reserved.Contains(room) || room.StartsWith("jicofo-health-check", StringComparison.Ordinal);

    private static string Finish(string room)
    {
        var name = Tidy(room);
        return name is "" || IsReserved(name) ? $"room-{name}".TrimEnd('-') : name;
    }

    private static string Tidy(string room) => Hyphens.Replace(room.ToLowerInvariant(), "-").Trim('-');

    private static string Format(string text, object value) => string.Format(CultureInfo.CurrentCulture, text, value);
}
