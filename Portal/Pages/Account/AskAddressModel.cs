using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.People.Profile;
using Portal.People.SignIn;

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

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (PersonRules.Email(Email) is { } wrong)
            return this.Again([new(nameof(Email), wrong)]);
        if (!await SendAsync(Email!, ClientNetwork.Of(HttpContext.Connection.RemoteIpAddress), cancellationToken))
            return this.Again([new(nameof(Email), ErrorText.AskedTooOften)]);
        TempData[CheckMailModel.ToKey] = EmailAddress.Read(Email);
        return RedirectToPage("CheckMail", new { @for = For });
    }

    /// <summary>What the next page says was sent.</summary>
    protected virtual string? For => null;

    /// <summary>False when it was asked for too often.</summary>
    protected abstract Task<bool> SendAsync(string email, string network, CancellationToken cancellationToken);
}
