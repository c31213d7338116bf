using Localization;
using Portal.People;

namespace Portal.Sessions.Notes;

/// <summary>What may stand in notes. Each rule says what is wrong, or null.</summary>
public static class NoteRules
{
    /// <summary>
    /// As it is stored. Nothing is cut off at its ends: somebody is still typing there, and the space that they typed last is part of it.
    /// </summary>
    public static string Clean(string? text) => string.Concat((text ?? "").ReplaceLineEndings("\n")
        .Where(c => c is '\n' or '\t' || !FreeText.IsBreak(c)));

    /// <summary>The text that a form or a program names; null where there is none of that name.</summary>
    public static NoteText? Named(string? name) => name switch
    {
        "agenda" => NoteText.Agenda,
        "notes" => NoteText.Notes,
        "own" => NoteText.Own,
        _ => null,
    };

    /// <param name="text">As <see cref="Clean"/> gave it.</param>
    public static string? Text(string text) =>
        text.Length > SessionNotes.MaxText ? ErrorText.FieldTooLong.With(SessionNotes.MaxText)
        : string.IsNullOrWhiteSpace(text) ? null : FreeText.Check(FreeText.Lines(text), SessionNotes.MaxText);

    public static string? Step(string? text) => FreeText.OneLine(text) is { Length: > 0 } line
        ? FreeText.Check(line, SessionStep.MaxText) : ErrorText.StepMissing;
}
