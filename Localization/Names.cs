namespace Localization;

/// <summary>
/// People's names inside sentences. Each stands between marks that keep it from turning the direction of the words around it.
/// What is stored for somebody who has left the portal is "", so that the reader's language decides what is said instead.
/// </summary>
public static class Names
{
    private const int Shown = 3;

    public static string One(string name) => $"\u2068{Plain(name)}\u2069";

    /// <summary>"Layla", "Layla and Omar", "Layla, Omar and Sara", "Layla, Omar and 5 others"; "" for nobody.</summary>
    public static string Several(IReadOnlyList<string> names) => Join([.. names.Select(One)]);

    /// <summary>The same without marks, for one line that holds nothing else: the subject of an email, a title in a calendar.</summary>
    public static string Line(IReadOnlyList<string> names) => Join([.. names.Select(Plain)]);

    private static string Plain(string name) => name is "" ? UiText.PersonDeleted : name;

    private static string Join(string[] names) => names.Length switch
    {
        0 => "",
        1 => names[0],
        2 => UiText.NamesTwo.With(names[0], names[1]),
        Shown => UiText.NamesThree.With(names[0], names[1], names[2]),
        _ => UiText.NamesThree.With(names[0], names[1], Plural.Of("NamesOthers", names.Length - 2)),
    };
}
