using Localization;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Portal.Sessions.Notes;

namespace Portal.Pages.Sessions;

/// <summary>The notes beside a session, on its page and in its room.</summary>
/// <param name="View">What the reader may read.</param>
/// <param name="Action">Where its forms go.</param>
/// <param name="Zone">The reader's.</param>
/// <param name="InRoom">The room's cookie is the proof, and the page's script sends the forms.</param>
public sealed record NotesPanel(NotesView View, string Action, string Zone, bool InRoom)
{
    /// <summary>A text that was not taken, for its field.</summary>
    public (string Which, string Text, string Problem)? Refused { get; init; }

    public IEnumerable<NoteField> Fields
    {
        get
        {
            yield return Field("agenda", UiText.NotesAgenda, UiText.NotesAgendaHint, View.Shared.Agenda, 4, View.MayWrite);
            yield return Field("notes", UiText.NotesShared, UiText.NotesSharedHint, View.Shared.Notes, 8, View.MayWrite);
        }
    }

    public NoteField? Own => View.Own is { } own ? Field("own", UiText.NotesOwn, UiText.NotesOwnHint, own.Text, 5, mayWrite: true) : null;

    public bool HasSomething => View.MayWrite || View.Shared.Version > 0 || View.Chat.Count > 0 || View.Own is { Text.Length: > 0 };

    private NoteField Field(string which, string label, string hint, string text, int rows, bool mayWrite) =>
        new(this, which, label, hint, text, rows, mayWrite)
        {
            Typed = Refused is { } refused && refused.Which == which ? refused.Text : text,
            Problem = Refused is { } wrong && wrong.Which == which ? wrong.Problem : null,
        };

    public static async Task<NotesPanel?> ReadAsync(
        NotesReader reader, MentoringSession session, Caller caller, string zone, CancellationToken cancellationToken) =>
        await reader.ReadAsync(session, caller, withOwn: true, cancellationToken) is { } view
            ? new(view, $"/sessions/{session.Id}/notes", zone, InRoom: false) : null;
}

/// <param name="Text">As it is stored.</param>
public sealed record NoteField(NotesPanel Panel, string Which, string Label, string Hint, string Text, int Rows, bool MayWrite)
{
    public string Typed { get; init; } = "";
    public string? Problem { get; init; }
}

/// <summary>What a page's script is told of a text that it saved.</summary>
public sealed record NoteAnswer(string Text, int Version, string? Problem)
{
    public static NoteAnswer Of(NoteResult result) => new(
        result.Text, result.Version, result.Outcome.IsAllowed() ? null : result.Problem ?? result.Outcome.Text());
}

/// <summary>Steps of this session or of earlier ones.</summary>
public sealed record StepsView(IReadOnlyList<SessionStep> Steps, NotesPanel Panel, bool MayWrite);
