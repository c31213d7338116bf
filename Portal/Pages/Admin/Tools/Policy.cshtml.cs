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
using Portal.Sessions.Rooms;
using Portal.Tools;

namespace Portal.Pages.Admin.Tools;

/// <summary>A tool that mentors may not choose any more, and the sessions that are still to be held with it.</summary>
public sealed record WithdrawnTool(PluginStatus Tool, int Count, IReadOnlyList<SessionAtTool> Sessions, ToolMove? Move);

/// <summary>Which tools mentors may choose; and what becomes of the sessions of those that were withdrawn.</summary>
[Authorize(Roles = Roles.Admin)]
public sealed class PolicyModel(ToolPolicies policies, ToolMoves moves, MeetingProviders providers, PortalDbContext db) : PageModel
{
    private const int MaxListed = 50;

    [BindProperty]
    public ToolPolicyInput Input { get; set; } = new();

    /// <summary>Of the policy as it is shown.</summary>
    public Guid? Version { get; private set; }

    public IReadOnlyList<PluginStatus> Tools { get; private set; } = [];

    public IReadOnlyList<WithdrawnTool> Withdrawn { get; private set; } = [];

    public string? Refusal { get; private set; }

    public string? DefaultTool => providers.DefaultTool;

    public bool AllowedIsLocked => policies.AllowedIsLocked;

    public bool DefaultIsLocked => policies.DefaultIsLocked;

    public bool StandInIsLocked => policies.StandInIsLocked;

    private string TimeZone { get; set; } = "";

    public string? NameOf(string? id) => id is null ? null : providers.Find(id)?.NameIn(CultureInfo.CurrentUICulture.Name);

    public string Moment(DateTimeOffset moment) =>
        SessionTime.Stamp(moment, TimeZone, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Input = await policies.ReadAsync(cancellationToken);
        await ShowAsync(cancellationToken);
    }

    [NeedsProof]
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var answer = await policies.SaveAsync(Caller.From(User), Input, cancellationToken);
        if (answer.Outcome == ToolOutcome.Done)
        {
            TempData.Good(UiText.ToolSaved);
            return Redirect("/admin/tool-policy");
        }
        Response.StatusCode = answer.Outcome.Status();
        ModelState.Add(answer.Problems, nameof(Input));
        if (answer.Problems.Count == 0)
            Refusal = answer.Outcome.Text();
        await ShowAsync(cancellationToken);
        return Page();
    }

    /// <summary>All sessions that are ahead move to the default tool, and everyone in them is told.</summary>
    [NeedsProof]
    public async Task<IActionResult> OnPostMoveAsync(string? tool, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (Withdrawn.All(w => w.Tool.Id != tool))
            return NotFound();
        await moves.AskAsync(tool!, Caller.From(User), cancellationToken);
        TempData.Good(UiText.ToolMoveAsked);
        return Redirect("/admin/tool-policy");
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        Version = (await policies.ReadAsync(cancellationToken)).Version;
        TimeZone = await db.TimeZoneOfAsync(User, cancellationToken);
        await LoadAsync(cancellationToken);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Tools = [.. providers.All.DistinctBy(p => p.Id).OrderBy(p => p.Id, StringComparer.Ordinal)];
        var withdrawn = new List<WithdrawnTool>();
        // Also one that is switched off or broken: its sessions cannot be held either.
        foreach (var tool in Tools.Where(t => t.Id != providers.DefaultTool && !providers.IsOffered(t.Id)))
        {
            var (count, last) = (await moves.CountAsync(tool.Id, cancellationToken), await moves.LastAsync(tool.Id, cancellationToken));
            if (count > 0 || last is not null)
                withdrawn.Add(new(tool, count, await moves.ListAsync(tool.Id, MaxListed, cancellationToken), last));
        }
        Withdrawn = withdrawn;
    }
}
