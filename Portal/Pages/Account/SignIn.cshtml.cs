using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.People;
using Portal.Security;

namespace Portal.Pages.Account;

[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
public sealed class SignInModel(SignInService signIn) : PageModel
{
    private const string Start = "/sessions";

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.AccountEmail))]
    public string? Email { get; set; }

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.AccountPassword))]
    public string? Password { get; set; }

    [BindProperty]
    public bool Remember { get; set; }

    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? GoOn() : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        var problems = new List<FieldProblem>();
        if (string.IsNullOrWhiteSpace(Email))
            problems.Add(new(nameof(Email), ErrorText.FieldMissing));
        if (string.IsNullOrEmpty(Password))
            problems.Add(new(nameof(Password), ErrorText.FieldMissing));
        if (problems.Count > 0)
            return this.Again(problems);

        if (await signIn.CheckAsync(Email!, Password!) is not { } person)
            return this.Again([new(nameof(Email), ErrorText.SignInFailed)]);
        await HttpContext.SignInAsync(IdentityConstants.ApplicationScheme, person, new AuthenticationProperties { IsPersistent = Remember });
        return GoOn();
    }

    /// <summary>Back to a page of ours, never elsewhere.</summary>
    private LocalRedirectResult GoOn() => LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : Start);
}
