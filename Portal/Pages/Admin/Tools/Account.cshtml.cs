using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Data;
using Portal.Pages.Admin.Mail;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.SignIn;
using Portal.ProviderHost;
using Portal.Tools;
using Providers;

namespace Portal.Pages.Admin.Tools;

/// <summary>One account of a meeting tool: its settings, whether they work, and whose it is.</summary>
[Authorize(Roles = Roles.Admin)]
public sealed class AccountModel(
    ToolForms forms, ToolSettings settings, ToolAccounts accounts, MeetingProviders providers, PortalDbContext db) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Tool { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public ToolSettingsInput Input { get; set; } = new();

    public ToolForm Form { get; private set; } = null!;

    public PluginStatus Plugin { get; private set; } = null!;

    public IReadOnlyList<MentorOfAccount> Mentors { get; private set; } = [];

    public ProviderCheck? Check { get; private set; }

    public string? Refusal { get; private set; }

    /// <summary>What somebody else saved while this form was filled in.</summary>
    public IReadOnlyList<SettingView> ChangedMeanwhile { get; private set; } = [];

    private ToolAccount Account => new(Tool, Id);

    private string TimeZone { get; set; } = "";

    public string Moment(DateTimeOffset moment) =>
        SessionTime.Stamp(moment, TimeZone, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync(null, cancellationToken);

    [NeedsProof]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) =>
        await DoneAsync(await settings.SaveAsync(Caller.From(User), Account, Input, cancellationToken), Input, cancellationToken);

    /// <summary>Also by proof: a secret that is stored goes to whichever server is typed.</summary>
    [NeedsProof]
    public async Task<IActionResult> OnPostCheckAsync(CancellationToken cancellationToken)
    {
        var answer = await settings.CheckAsync(Caller.From(User), Account, Input, cancellationToken);
        Check = answer.Check;
        if (answer.Outcome != ToolOutcome.Done)
            return await DoneAsync(answer, Input, cancellationToken);
        return await ShowAsync(Input, cancellationToken);
    }

    [NeedsProof]
    public async Task<IActionResult> OnPostRenameAsync(string? name, CancellationToken cancellationToken) =>
        await DoneAsync(await accounts.RenameAsync(Caller.From(User), Account, name, cancellationToken), null, cancellationToken);

    [NeedsProof]
    public async Task<IActionResult> OnPostMakeDefaultAsync(CancellationToken cancellationToken) =>
        await DoneAsync(await accounts.MakeDefaultAsync(Caller.From(User), Account, cancellationToken), null, cancellationToken);

    [NeedsProof]
    public async Task<IActionResult> OnPostSwitchAsync(bool on, CancellationToken cancellationToken) =>
        await DoneAsync(await accounts.SwitchAsync(Caller.From(User), Account, on, cancellationToken), null, cancellationToken);

    [NeedsProof]
    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken cancellationToken)
    {
        var answer = await accounts.DeleteAsync(Caller.From(User), Account, cancellationToken);
        if (answer.Outcome != ToolOutcome.Done)
            return await DoneAsync(answer, null, cancellationToken);
        TempData.Good(UiText.ToolDeleted);
        return Redirect($"/admin/tools/{Tool}");
    }

    [NeedsProof]
    public async Task<IActionResult> OnPostGiveAsync(string? email, CancellationToken cancellationToken) =>
        await DoneAsync(await accounts.GiveAsync(Caller.From(User), Account, email, cancellationToken), null, cancellationToken);

    [NeedsProof]
    public async Task<IActionResult> OnPostTakeBackAsync(Guid mentorId, CancellationToken cancellationToken) =>
        await DoneAsync(await accounts.TakeBackAsync(Caller.From(User), Account, mentorId, cancellationToken), null, cancellationToken);

    private async Task<IActionResult> DoneAsync(ToolAnswer answer, ToolSettingsInput? typed, CancellationToken cancellationToken)
    {
        if (answer.Outcome == ToolOutcome.Done)
        {
            TempData.Good(UiText.ToolSaved);
            return Redirect($"/admin/tools/{Tool}/{Id}");
        }
        Response.StatusCode = answer.Outcome.Status();
        if (answer.Outcome != ToolOutcome.Invalid)
            Refusal = answer.Outcome.Text();
        foreach (var (field, message) in answer.Problems)
            ModelState.AddModelError(field is "" || typed is null ? field : $"Input.Values[{field}]", message);
        var shown = await ShowAsync(typed, cancellationToken);
        if (Form is not null)
            ChangedMeanwhile = [.. Form.Settings.Where(s => answer.ChangedMeanwhile.Contains(s.Field.Name))];
        return shown;
    }

    private async Task<IActionResult> ShowAsync(ToolSettingsInput? typed, CancellationToken cancellationToken)
    {
        if (await forms.FindAsync(Account, typed, cancellationToken) is not { } form || providers.Find(Tool) is not { } plugin)
            return NotFound();
        (Form, Plugin) = (form, plugin);
        Mentors = await accounts.MentorsAsync(Id, cancellationToken);
        TimeZone = await db.TimeZoneOfAsync(User, cancellationToken);
        return Page();
    }
}
