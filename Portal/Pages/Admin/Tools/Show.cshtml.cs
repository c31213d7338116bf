using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.SignIn;
using Portal.ProviderHost;
using Portal.Tools;

namespace Portal.Pages.Admin.Tools;

/// <summary>One meeting tool and its accounts.</summary>
[Authorize(Roles = Roles.Admin)]
public sealed class ShowModel(ToolAccounts accounts, MeetingProviders providers) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Tool { get; set; } = "";

    public PluginStatus Plugin { get; private set; } = null!;

    public IReadOnlyList<AccountStatus> Accounts { get; private set; } = [];

    public string? Typed { get; private set; }

    public IActionResult OnGet() => Show();

    [NeedsProof]
    public async Task<IActionResult> OnPostAsync(string? name, CancellationToken cancellationToken)
    {
        var answer = await accounts.AddAsync(Caller.From(User), Tool, name, cancellationToken);
        if (answer.Outcome == ToolOutcome.Done)
        {
            TempData.Good(UiText.ToolSaved);
            return Redirect($"/admin/tools/{Tool}");
        }
        Response.StatusCode = answer.Outcome.Status();
        ModelState.Add(answer.Problems);
        if (answer.Problems.Count == 0)
            ModelState.AddModelError("", answer.Outcome.Text());
        Typed = name;
        return Show();
    }

    private IActionResult Show()
    {
        if (providers.Find(Tool) is not { } plugin)
            return NotFound();
        (Plugin, Accounts) = (plugin, providers.Accounts(Tool));
        return Page();
    }
}
