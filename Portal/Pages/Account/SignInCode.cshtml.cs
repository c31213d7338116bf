using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.People.SignIn;
using Portal.Security;

namespace Portal.Pages.Account;

/// <summary>The second step of signing in: a code of the app, or a recovery code.</summary>
[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
public sealed class SignInCodeModel(SignInService signIn, BrowserSignIn browser) : PageModel
{
    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.CodeField))]
    public string? Code { get; set; }

    [BindProperty]
    public bool RememberDevice { get; set; }

    [BindProperty(SupportsGet = true, Name = "recovery")]
    public bool Recovery { get; set; }

    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnGetAsync() => await browser.SecondStepAsync(HttpContext) is null ? StartAgain() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await browser.SecondStepAsync(HttpContext) is not var (user, remember))
            return StartAgain();
        if (string.IsNullOrWhiteSpace(Code))
            return this.Again([new(nameof(Code), ErrorText.FieldMissing)]);
        if (!ModelState.IsValid)
            return this.Again([]);
        var answer = await signIn.CheckCodeAsync(user, Code, Recovery, browser.Source(HttpContext, user.Email), cancellationToken);
        if (answer.User is null)
            return this.Again([new(nameof(Code), answer.Refusal(ErrorText.TwoFactorWrong))]);
        if (RememberDevice && !Recovery)
            await browser.RememberDeviceAsync(user);
        await browser.SignInAsync(HttpContext, user, remember, Recovery ? "password and recovery code" : "password and code");
        return SignInModel.GoOn(this, ReturnUrl);
    }

    /// <summary>Five minutes are over, or nobody has given a password here.</summary>
    private RedirectToPageResult StartAgain() => RedirectToPage("SignIn", new { returnUrl = ReturnUrl });
}
