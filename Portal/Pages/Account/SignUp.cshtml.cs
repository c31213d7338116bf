using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.People.Accounts;
using Portal.People.Profile;
using Portal.People.SignIn;
using Portal.Security;

namespace Portal.Pages.Account;

[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
public sealed class SignUpModel(SignUpService signUp, TimeProvider clock) : PageModel
{
    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.AccountName))]
    public string? Name { get; set; }

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.AccountEmail))]
    public string? Email { get; set; }

    [BindProperty]
    public string? Language { get; set; } = Languages.Current;

    [BindProperty]
    public string? Zone { get; set; } = "Etc/UTC";

    public LocaleFields Locale =>
        new(Language, Zone, TimeZoneChoices.In(Languages.Current, clock.GetUtcNow(), Zone), GuessZone: HttpMethods.IsGet(Request.Method));

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var network = ClientNetwork.Of(HttpContext.Connection.RemoteIpAddress);
        var problems = await signUp.SignUpAsync(Name, Email, Language, Zone, network, cancellationToken);
        if (problems.Count > 0)
            return this.Again(problems);
        TempData[CheckMailModel.ToKey] = EmailAddress.Read(Email);
        return RedirectToPage("CheckMail");
    }
}
