using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Cultures;
using Portal.People.Accounts;
using Portal.People.Profile;
using Portal.People.SignIn;
using Portal.Security;

namespace Portal.Pages.Account;

[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
public sealed class SignUpModel(SignUpService signUp) : PageModel
{
    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.AccountName))]
    public string? Name { get; set; }

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.AccountEmail))]
    public string? Email { get; set; }

    [BindProperty]
    public string? Language { get; set; } = Languages.Current;

    [BindProperty]
    public string? Zone { get; set; } = "Etc/UTC";

    /// <summary>Where the person was going: kept until the address is confirmed.</summary>
    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    public LocaleFields Locale => new(Language, Zone, GuessZone: HttpMethods.IsGet(Request.Method));

    public IActionResult OnGet()
    {
        if (User.Identity?.IsAuthenticated == true)
            return SignInModel.GoOn(this, ReturnUrl);
        Zone = VisitorZone.Of(HttpContext) ?? Zone;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var network = ClientNetwork.Of(HttpContext.Connection.RemoteIpAddress);
        var problems = await signUp.SignUpAsync(Name, Email, Language, AccountForms.ZoneOf(Zone), network, cancellationToken);
        if (problems.Count > 0)
            return this.Again(problems);
        TempData[CheckMailModel.ToKey] = EmailAddress.Read(Email);
        NextPage.Remember(HttpContext, ReturnUrl);
        return RedirectToPage("CheckMail");
    }
}
