using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.People;
using Portal.People.SignIn;
using Portal.Security;

namespace Portal.Pages.Account;

[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
public sealed class SignInModel(SignInService signIn, Passkeys passkeys, BrowserSignIn browser) : PageModel
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

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? GoOn(this, ReturnUrl) : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        var problems = new List<FieldProblem>();
        if (string.IsNullOrWhiteSpace(Email))
            problems.Add(new(nameof(Email), ErrorText.FieldMissing));
        if (string.IsNullOrEmpty(Password))
            problems.Add(new(nameof(Password), ErrorText.FieldMissing));
        if (problems.Count > 0 || !ModelState.IsValid)
            return this.Again(problems);

        if (await signIn.CheckAsync(Email!, Password!) is not { } user)
            return this.Again([new(nameof(Email), ErrorText.SignInFailed)]);
        if (await browser.NeedsCodeAsync(user))
        {
            await browser.BeginSecondStepAsync(HttpContext, user, Remember);
            return RedirectToPage("SignInCode", new { returnUrl = ReturnUrl });
        }
        // Where a code is not asked for on this device, the person is wholly in, too.
        if (user.TwoFactorEnabled && !await signIn.MayEnterAsync(user))
            return this.Again([new(nameof(Email), ErrorText.SignInFailed)]);
        await browser.SignInAsync(HttpContext, user, Remember);
        return GoOn(this, ReturnUrl);
    }

    /// <summary>For the page's script.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() => Content(await passkeys.BeginSignInAsync(), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential)
    {
        if (await passkeys.SignInAsync(credential) is not { } user)
            return this.Again([new(nameof(Email), ErrorText.PasskeyRefused)]);
        await browser.SignInAsync(HttpContext, user, Remember);
        return GoOn(this, ReturnUrl);
    }

    /// <summary>Back to a page of ours, never elsewhere.</summary>
    internal static LocalRedirectResult GoOn(PageModel page, string? returnUrl) =>
        page.LocalRedirect(page.Url.IsLocalUrl(returnUrl) ? returnUrl! : Start);
}
