using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Mail.Admin;
using Portal.Mentors;
using Portal.Pages.Admin;
using Portal.Pages.Shared;
using Portal.People;
using Portal.ProviderHost;
using Portal.Sessions.Availability;
using Portal.Sessions.Mails;

namespace Portal.Pages.Settings;

/// <summary>A meeting tool as a mentor sees it.</summary>
public sealed record ToolCard(string Id, string Name, IReadOnlyList<string> Does, bool CanBeChosen, string State, Tone Tone)
{
    /// <summary>It meets at an address of the mentor's own.</summary>
    public bool NeedsUrl { get; init; }
}

/// <summary>The meeting tool of a mentor's new sessions.</summary>
[Authorize(Roles = Roles.Mentor)]
public sealed class ToolModel(
    MentorSettings settings, MentorTool tool, MeetingProviders providers, MailSamples mails, TimeProvider clock) : PageModel
{
    [BindProperty]
    public MentorToolInput Input { get; set; } = new();

    public IReadOnlyList<ToolCard> Tools { get; private set; } = [];

    private MentorProfile Mentor { get; set; } = null!;

    /// <summary>Two days ahead, on the hour.</summary>
    private DateTimeOffset SampleStart => new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(2).AddHours(10);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        Input = new() { ProviderId = providers.ToolOf(Mentor.ProviderId), ExternalMeetingUrl = Mentor.ExternalMeetingUrl };
        Show();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        // What the form could not read arrives as a default, which must not be saved.
        if (ModelState.IsValid)
            ModelState.Add(await tool.SaveAsync(Mentor, Input, cancellationToken), nameof(Input));
        Show();
        return this.SavedOrAgain("/settings/tool");
    }

    /// <summary>A mentee's mail, for the frame: it may style itself and nothing else.</summary>
    public async Task<IActionResult> OnGetMailAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        var (name, zone) = (Mentor.User.DisplayName, Mentor.User.TimeZone);
        var confirmed = new SessionConfirmed(new(
            UiText.SettingsSampleTopic, SampleStart, Mentor.SessionMinutes, Portal.Sessions.ParticipantRole.Mentee, [name], zone));
        // In the mentor's own zone and language: it is the mentor who looks.
        var mail = await mails.RenderAsync(
            confirmed, new(UiText.SettingsSampleMentee, zone), Languages.Current);
        Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'";
        return Content(mail.Html, "text/html; charset=utf-8");
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await settings.FindAsync(User.UserId()!.Value, cancellationToken) is not { } mentor)
            return false;
        Mentor = mentor;
        return true;
    }

    private void Show() =>
        Tools = [.. providers.All.Select(Card).OrderByDescending(t => t.CanBeChosen).ThenBy(t => t.Id, StringComparer.Ordinal)];

    private ToolCard Card(PluginStatus plugin)
    {
        var ready = providers.CanBeChosen(plugin.Id);
        var (word, tone) = PluginWords.Of(plugin.State);
        return new(plugin.Id, plugin.NameIn(Languages.Current), [.. Does(plugin.Id)], ready, ready ? UiText.ToolReady : word, tone)
        {
            NeedsUrl = providers.Describe(plugin.Id)?.NeedsMentorUrl == true,
        };
    }

    /// <summary>From what the provider can do; nothing of one that could not be started.</summary>
    private IEnumerable<string> Does(string id)
    {
        if (providers.Describe(id) is not { } facts)
            yield break;
        yield return facts.NeedsMentorUrl ? UiText.ToolOwnLink : facts.CreatesRemotely ? UiText.ToolMadeRemotely : UiText.ToolOwnRoom;
        yield return providers.Embedding(id) is { Embedding.Origins.Count: > 0 } ? UiText.ToolInside : UiText.ToolOutside;
    }
}
