using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.People.Profile;

namespace Portal.Pages.Account;

/// <summary>A page that sends a mail to the address that somebody types; it does not say whether the address is known.</summary>
public abstract class AskAddressModel : PageModel
{
    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.AccountEmail))]
    public string? Email { get; set; }

    /// <summary>The form's; its button has it, too.</summary>
    public abstract string FormId { get; }

    public abstract string Title { get; }

    public abstract string Explanation { get; }

    public abstract string Button { get; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => PersonRules.Email(Email) is { } wrong
        ? this.Again([new(nameof(Email), wrong)])
        : await SendAsync(Email!, cancellationToken);

    protected abstract Task<IActionResult> SendAsync(string email, CancellationToken cancellationToken);
}
