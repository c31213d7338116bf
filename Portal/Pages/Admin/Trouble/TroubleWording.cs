using System.Text.Json;
using Localization;
using Microsoft.Extensions.Localization;
using Portal.AuditTrail;
using Portal.Joining;
using Portal.Pages.Admin.Trail;
using Portal.Pages.Join;
using Portal.ProviderHost;
using Portal.Sessions.Live;
using Portal.Sessions.Trouble;

namespace Portal.Pages.Admin.Trouble;

/// <summary>The facts of a report, in the reader's words.</summary>
public sealed class TroubleWording(IStringLocalizer<UiText> texts, AuditWords words, MeetingProviders providers)
{
    public string Place(TroublePlace place) => texts[$"TroublePlace{place}"];

    /// <summary>What is known, with its name; what is not known is left out.</summary>
    public IEnumerable<(string Name, string Value)> Facts(TroubleFacts facts, string zone, string language)
    {
        (string Name, string? Value)[] all =
        [
            (UiText.TroubleFactBrowser, facts.Browser),
            (UiText.TroubleFactSystem, facts.System),
            (UiText.TroubleFactTool, facts.Tool is { } tool ? providers.Find(tool)?.NameIn(language) ?? tool : null),
            (UiText.TroubleFactRoom, facts.Room is > 1 ? SessionTime.Isolated($"{facts.Room}") : null),
            (UiText.TroubleFactPage, PageOf(facts.Page)),
            (UiText.TroubleFactLine, LineOf(facts)),
            (UiText.TroubleFactDrops, facts.Drops is > 0 ? SessionTime.Isolated($"{facts.Drops}") : null),
            (UiText.TroubleFactCheck, facts.Check is { } check ? CheckOf(check, zone, language) : null),
        ];
        return all.Where(f => f.Value is not null).Select(f => (f.Name, f.Value!));
    }

    public string What(MeetingEvent happened) => texts[$"Event{happened.Kind}"];

    /// <summary>The door's answer, where it is one; and what else is kept of it.</summary>
    public (string? Answer, IReadOnlyList<AuditChange> Changes) More(MeetingEvent happened, string zone) => (
        happened is { Decision: { } decision, Kind: MeetingEventKind.Refused } ? Title(decision)
            : happened.Kind == MeetingEventKind.RoomError ? ErrorIn(happened.Details) : null,
        words.Changes(AuditChanges.Read(happened.Details), zone));

    private static string Title(JoinDecision decision) => DoorTexts.Title(JoinView.Unknown with { Decision = decision });

    private static string? ErrorIn(string? details)
    {
        using var read = JsonDocument.Parse(details ?? "{}");
        return read.RootElement.TryGetProperty("error", out var error) ? error.GetString() : null;
    }

    private string? PageOf(string? state) => state is null ? null
        : Enum.TryParse<JoinDecision>(state, out var decision) ? Title(decision)
        : Look($"RoomState{char.ToUpperInvariant(state[0])}{state[1..]}");

    private string? LineOf(TroubleFacts facts)
    {
        var judged = facts.Line is { } line ? Look($"RoomLine{char.ToUpperInvariant(line[0])}{line[1..]}") : null;
        var poor = facts.PoorSeconds is > 0 ? UiText.TroubleFactPoor.With(Spans.Of(TimeSpan.FromSeconds(facts.PoorSeconds.Value))) : null;
        return judged is null ? poor : poor is null ? judged : $"{judged}{UiText.ListComma}{poor}";
    }

    private static string CheckOf(DeviceCheck check, string zone, string language)
    {
        (string Name, string? Tone)[] tried =
        [
            (UiText.CheckCamera, check.Camera), (UiText.CheckMicrophone, check.Microphone), (UiText.CheckLine, check.Portal),
            (UiText.TroubleFactServer, check.Server),
        ];
        var results = tried.Where(t => t.Tone is not null)
            .Select(t => $"{t.Name}: {(t.Tone == "good" ? UiText.CheckGood : t.Tone == "warn" ? UiText.TroubleFactUnsure : UiText.CheckBad)}");
        return string.Join(UiText.ListComma, check.AtUtc is { } at ? results.Append(SessionTime.Stamp(at, zone, language)) : results);
    }

    private string? Look(string name) => texts[name] is { ResourceNotFound: false } found ? found.Value : null;
}
