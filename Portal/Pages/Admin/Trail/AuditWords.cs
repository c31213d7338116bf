using System.Globalization;
using Localization;
using Microsoft.Extensions.Localization;
using Portal.AuditTrail;
using Portal.Jobs;
using Portal.Mail.Queue;
using Portal.Pages.Admin.Jobs;
using Portal.Pages.Admin.Mail;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.SignIn;
using Portal.ProviderHost;
using Portal.Sessions;

namespace Portal.Pages.Admin.Trail;

/// <summary>One row of the trail in the reader's words.</summary>
/// <param name="Kind">As it is stored.</param>
/// <param name="About">Whom or what it is about; "" for nothing in particular.</param>
/// <param name="Link">To that; null where there is no such page.</param>
/// <param name="Said">Beside the changes; a technical word or two.</param>
/// <param name="Network">A /24 or a /48, of what has one.</param>
public sealed record AuditLine(
    Guid Id, DateTimeOffset AtUtc, string Who, string? WhoLink, string Kind, string What, string About, string? Link,
    IReadOnlyList<AuditChange> Changes, string? Said, string? Network);

/// <summary>The trail in words.</summary>
public sealed class AuditWords(IStringLocalizer<UiText> texts, MeetingProviders providers)
{
    public string Kind(string kind) => Look("AuditKind", kind) ?? kind;

    public string Family(string family) => Look("AuditFamily", family) ?? family;

    public AuditLine Line(AuditEntry row, KnownNames known, string zone)
    {
        var (about, link) = Subject(row.Subject, known);
        var signIn = SecurityTrail.Read(row.Action, row.Details);
        var changes = AuditChanges.Read(row.Details);
        return new(row.Id, row.AtUtc,
            row.ActorId is { } actor ? Person(actor, known) : UiText.AuditNobody,
            row.ActorId is { } id && known.People.GetValueOrDefault(id) is { Length: > 0 } ? $"/admin/people/{id}" : null,
            row.Action, Kind(row.Action), about, link,
            Changes(changes, zone),
            signIn is { } way ? How(way.How) : changes is not null ? Participant(changes, known) : Words(row.Details, known),
            signIn?.Network is { } network && network != ClientNetwork.Unknown ? network : null);
    }

    public IReadOnlyList<AuditChange> Changes(AuditChanges? changes, string zone) => [.. (changes?.Changes ?? []).Select(c =>
        new AuditChange(Field(c.Name), Value(c.Name, c.Before, zone), Value(c.Name, c.After, zone)))];

    /// <summary>The words of a property that people know; else its own name.</summary>
    private string Field(string name) => Look("AuditField", name) ?? name;

    private static string Value(string name, string value, string zone) => value switch
    {
        "" => UiText.AuditNothing,
        "true" => UiText.AuditYes,
        "false" => UiText.AuditNo,
        Roles.Mentor when name == "Role" => UiText.PeopleMentor,
        Roles.Admin when name == "Role" => UiText.PeopleAdmin,
        _ when name == nameof(MentoringSession.State) && Enum.TryParse<SessionState>(value, out var state) => SessionCards.Chip(state).Word,
        _ when name == "MailState" && Enum.TryParse<OutboxState>(value, out var state) => MailWords.Of(state),
        _ when DateTimeOffset.TryParseExact(value, "o", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) =>
            SessionTime.Stamp(at, zone, Languages.Current),
        _ => value,
    };

    private string How(string how) => how == "-" ? "" : string.Join(UiText.ListComma, how.Split(", ").Select(part => Look("AuditHow", part) ?? part));

    private static string? Participant(AuditChanges changes, KnownNames known) =>
        changes.Participant is { } part ? Names.Line([known.Participants.GetValueOrDefault(part) ?? ""]) : null;

    /// <summary>To whom an account was given, and who is a guardian, are the things in words that are somebody's id.</summary>
    private static string? Words(string? details, KnownNames known) =>
        details?.Split(':') is [AuditNames.Mentor or AuditNames.Guardian, var id] && Guid.TryParse(id, out var person)
            ? Person(person, known) : details;

    private (string About, string? Link) Subject(string subject, KnownNames known)
    {
        var (kind, rest) = subject.Split(':', 2) is [var k, var r] ? (k, r) : (subject, "");
        return (kind, Guid.TryParse(rest, out var id)) switch
        {
            ("person", true) => (Person(id, known), known.People.GetValueOrDefault(id) is { Length: > 0 } ? $"/admin/people/{id}" : null),
            ("session", true) => known.Sessions.TryGetValue(id, out var topic)
                ? (topic.Length > 0 ? topic : UiText.TopicNone, $"/sessions/{id}") : (UiText.AuditGone, null),
            ("tool-account", true) => known.Accounts.TryGetValue(id, out var account)
                ? ($"{Tool(account.Tool)} – {account.Name}", $"/admin/tools/{account.Tool}/{id}") : (UiText.AuditGone, null),
            ("api-key", true) => (known.Keys.GetValueOrDefault(id) ?? UiText.AuditGone, null),
            ("mail", true) => (UiText.AuditMail, $"/admin/mail/{id}"),
            ("mail", _) => (rest.Length > 0 ? MailWords.OfKind(texts, rest) : UiText.AdminMail, "/admin/mail"),
            ("job", _) => PortalJobs.Find(rest) is { } job ? (JobWords.Name(texts, job), $"/admin/jobs/{rest}") : (rest, null),
            ("tool" or "provider", _) => (Tool(rest), $"/admin/tools/{rest}"),
            ("tool-policy", _) => (UiText.AdminTools, "/admin/tool-policy"),
            _ => ("", null),
        };
    }

    private string Tool(string id) => providers.Find(id)?.NameIn(Languages.Current) ?? id;

    private static string Person(Guid id, KnownNames known) =>
        known.People.TryGetValue(id, out var name) ? Names.Line([name]) : UiText.AuditGone;

    /// <summary>"session.send-again" is AuditKindSessionSendAgain.</summary>
    private string? Look(string prefix, string name)
    {
        var words = name.Split(['.', '-', ' '], StringSplitOptions.RemoveEmptyEntries);
        var key = prefix + string.Concat(words.Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
        return texts[key] is { ResourceNotFound: false } found ? found.Value : null;
    }
}
