using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Mail.Admin;
using Portal.Mentors;
using Portal.Pages.Admin;
using Portal.Pages.Admin.Mail;
using Portal.Pages.Shared;
using Portal.People;
using Portal.ProviderHost;
using Portal.Sessions.Availability;
using Portal.Sessions.Mails;

namespace Portal.Pages.Settings;

/// <summary>The meeting tool of a mentor's new sessions.</summary>
[Authorize(Roles = Roles.Mentor)]
public sealed class ToolModel(
    MentorSettings settings, MentorTool tool, MentorConnections connections, MentorToolAccounts accounts, MeetingProviders providers,
    MailSamples mails, TimeProvider clock) : PageModel
{
    [BindProperty]
    public MentorToolInput Input { get; set; } = new();

    public IReadOnlyList<ToolCard> Tools { get; private set; } = [];

    /// <summary>Whose choices they are: the tool that is chosen now.</summary>
    public string ChoicesOf { get; private set; } = "";

    public IReadOnlyList<ToolChoice> Choices { get; private set; } = [];

    private MentorProfile Mentor { get; set; } = null!;

    /// <summary>Two days ahead, on the hour.</summary>
    private DateTimeOffset SampleStart => new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(2).AddHours(10);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        Input = new()
        {
            ProviderId = providers.ToolOf(Mentor.ProviderId),
            ExternalMeetingUrl = Mentor.ExternalMeetingUrl,
            Place = Mentor.Place,
        };
        await ShowAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        // What the form could not read arrives as a default, which must not be saved.
        if (ModelState.IsValid)
            ModelState.Add(await tool.SaveAsync(Mentor, Input, cancellationToken), nameof(Input));
        await ShowAsync(cancellationToken);
        return this.SavedOrAgain("/settings/tool");
    }

    /// <summary>Gives back the consent that the mentor gave at a tool.</summary>
    public async Task<IActionResult> OnPostDisconnectAsync(string? providerId, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
            return NotFound();
        await accounts.DisconnectAsync(Mentor.UserId, tool.AccountOf(Mentor, providerId ?? "").AccountId, cancellationToken);
        TempData.Good(UiText.ToolDisconnected);
        return Redirect("/settings/tool");
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
        Response.Headers.ContentSecurityPolicy = MailWords.BodyPolicy;
        return Content(mail.Html, "text/html; charset=utf-8");
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await settings.FindAsync(User.UserId()!.Value, cancellationToken) is not { } mentor)
            return false;
        Mentor = mentor;
        return true;
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        var connected = await accounts.ListAsync(Mentor.UserId, cancellationToken);
        // What an administrator withdrew or never set up is not shown; what is meant to work and does not is, with a word on it.
        Tools = [.. providers.All.Where(p => providers.IsAllowed(p.Id) && p.State != PluginState.NotConfigured)
            .Select(p => Card(p, connected))
            .OrderByDescending(t => t.CanBeChosen).ThenBy(t => t.Id, StringComparer.Ordinal)];
        ChoicesOf = providers.ToolOf(Mentor.ProviderId);
        var answers = MentorChoices.Of(Mentor.ToolChoices, ChoicesOf);
        Choices = [.. tool.ChoicesOf(Mentor, ChoicesOf).Select(c => new ToolChoice(c.Key, c.Label,
            Input.Choices?.TryGetValue(c.Key, out var typed) == true ? typed : answers.GetValueOrDefault(c.Key, c.Default)))];
    }

    private ToolCard Card(PluginStatus plugin, IReadOnlyList<MentorToolAccount> connected)
    {
        var ready = providers.CanBeChosen(plugin.Id);
        var (word, tone) = PluginWords.Of(plugin.State);
        var account = tool.AccountOf(Mentor, plugin.Id);
        return new(plugin.Id, plugin.NameIn(Languages.Current), [.. Does(plugin.Id)], ready, ready ? UiText.ToolReady : word, tone)
        {
            NeedsUrl = providers.Describe(account)?.NeedsMentorUrl == true,
            NeedsPlace = providers.Describe(account)?.NeedsMentorPlace == true,
            Consent = connections.ConsentUrl(Mentor.UserId, User.DeviceId(), account),
            Connected = connected.FirstOrDefault(c => c.ProviderAccountId == account.AccountId)?.Name,
        };
    }

    /// <summary>From what the provider can do; nothing of one that could not be started.</summary>
    private IEnumerable<string> Does(string id)
    {
        if (providers.Describe(id) is not { } facts)
            yield break;
        if (facts.NeedsMentorPlace)
        {
            yield return UiText.ToolOwnPlace;
            yield break;
        }
        yield return facts.NeedsMentorUrl ? UiText.ToolOwnLink : facts.CreatesRemotely ? UiText.ToolMadeRemotely : UiText.ToolOwnRoom;
        yield return providers.Embedding(id) is { Embedding.Origins.Count: > 0 } ? UiText.ToolInside : UiText.ToolOutside;
    }
}
