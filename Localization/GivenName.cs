namespace Localization;

/// <summary>
/// What a person is called among people who know each other: "Layla" of "Dr. Layla Hassan", «عبد الله» of «عبد الله المصري».
/// Names that are made of two words stay whole: half of one can be an insult.
/// </summary>
public static class GivenName
{
    private static readonly HashSet<string> Titles = new(StringComparer.OrdinalIgnoreCase)
    {
        "dr", "doctor", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "rev", "eng", "engr", "ing", "phd", "md",
        "ustaz", "ustadh", "hajj", "haj", "hajja", "herr", "frau", "mme", "mlle",
        "د", "أ", "ا", "م", "أد", "اد", "الدكتور", "الدكتورة", "دكتور", "دكتورة", "الأستاذ", "الأستاذة", "أستاذ", "أستاذة", "الاستاذ", "الاستاذة",
        "المهندس", "المهندسة", "مهندس", "مهندسة", "البروفيسور", "بروفيسور", "السيدة", "الآنسة", "الحاج", "الحاجة",
    };

    /// <summary>Not a name without the word that follows. «السيد» and «الشيخ» are names to some and titles to others.</summary>
    private static readonly HashSet<string> Openings = new(StringComparer.OrdinalIgnoreCase)
    {
        "عبد", "أبو", "ابو", "أبي", "ابي", "أبا", "ابا", "أم", "ام", "ابن", "إبن", "بن", "بنت", "آل", "ال", "ذو", "أمة", "امة", "السيد", "الشيخ",
        "الشيخة", "abd", "abdul", "abdel", "abdal", "abdu", "abu", "abou", "abo", "umm", "um", "oum", "ibn", "bin", "bint", "al", "el",
        "sheikh", "shaikh", "sheikha", "sayyid", "syed", "san", "santa", "st", "saint", "van", "von", "de", "da", "di", "la", "le",
    };

    /// <summary>Not a name of its own, but the second half of one: «نور الدين», "Nour al-Din", "Saif ul-Islam".</summary>
    private static readonly HashSet<string> Endings = new(StringComparer.OrdinalIgnoreCase)
    {
        "الله", "الدين", "الإسلام", "الاسلام", "الرحمن", "الزهراء", "النبي", "الحق", "الملوك", "allah", "ullah", "uddin", "eddin", "eddine",
        "addin", "aldin", "eldin", "al-din", "el-din", "ad-din", "ed-din", "ud-din", "al-deen", "el-deen", "ul-islam", "al-islam", "ul-haq", "al-haq",
        "ur-rahman", "al-rahman", "al-zahra", "el-zahra",
    };

    public static string Of(string name)
    {
        var words = Untitled(name);
        var end = 0;
        // An initial says no name yet.
        while (end < words.Length - 1 && (Openings.Contains(Bare(words[end])) || Bare(words[end]).Length == 1))
            end++;
        while (end < words.Length - 1 && Endings.Contains(Bare(words[end + 1])))
            end++;
        return string.Join(' ', words[..Math.Min(end + 1, words.Length)]);
    }

    /// <summary>The name's words without "Dr." and the like before them.</summary>
    public static string[] Untitled(string name)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var first = 0;
        while (first < words.Length - 1 && Titles.Contains(Bare(words[first])))
            first++;
        return words[first..];
    }

    private static string Bare(string word) => new([.. word.Where(c => char.IsLetter(c) || c == '-')]);
}
