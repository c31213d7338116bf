using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.People;
using Portal.People.Accounts;
using Portal.People.SignIn;
using Portal.Security;

namespace Portal.Pages.Account;

[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
public sealed class SignInModel(
    SignInService signIn, Passkeys passkeys, BrowserSignIn browser, AccountCodes codes, SecurityTrail trail) : PageModel
{
    internal const string Start = "/sessions";

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.AccountEmail))]
    public string? Email { get; set; }

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.AccountPassword))]
    public string? Password { get; set; }

    [BindProperty]
    public bool Remember { get; set; }

    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? GoOn(this, ReturnUrl) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        if (string.IsNullOrWhiteSpace(Email))
            problems.Add(new(nameof(Email), ErrorText.FieldMissing));
        if (string.IsNullOrEmpty(Password))
            problems.Add(new(nameof(Password), ErrorText.FieldMissing));
        if (problems.Count > 0 || !ModelState.IsValid)
            return this.Again(problems);

        var source = browser.Source(HttpContext, Email);
        var answer = await signIn.CheckAsync(Email!, Password!, source, cancellationToken);
        if (answer.User is not { } user)
            return Refused(answer.Refusal(ErrorText.SignInFailed));
        if (answer.MustChange)
            return RedirectToPage("ResetPassword", new { code = codes.ForPassword(user) });
        if (await browser.NeedsCodeAsync(user))
        {
            await browser.BeginSecondStepAsync(HttpContext, user, Remember);
            return RedirectToPage("SignInCode", new { returnUrl = ReturnUrl });
        }
        if (user.TwoFactorEnabled)
            signIn.Entered(user, source); // a code is not asked for on this device
        await browser.SignInAsync(HttpContext, user, Remember, user.TwoFactorEnabled ? "password, remembered device" : "password");
        return GoOn(this, ReturnUrl);
    }

    /// <summary>For the page's script.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() => Content(await passkeys.BeginSignInAsync(), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential, CancellationToken cancellationToken)
    {
        if (await passkeys.SignInAsync(credential) is not { } user)
        {
            await trail.NoteNowAsync(SecurityTrail.Bad, null, "passkey", cancellationToken);
            return Refused(ErrorText.PasskeyRefused);
        }
        await browser.SignInAsync(HttpContext, user, Remember, "passkey");
        return GoOn(this, ReturnUrl);
    }

    /// <summary>Over the form: which of its fields is wrong is not known, or not said.</summary>
    private PageResult Refused(string message)
    {
        ModelState.AddModelError("", message);
        return this.Again([]);
    }

    /// <summary>Back to a page of ours, never elsewhere.</summary>
    internal static LocalRedirectResult GoOn(PageModel page, string? returnUrl) =>
        page.LocalRedirect(page.Url.IsLocalUrl(returnUrl) ? returnUrl! : NextPage.Take(page.HttpContext) ?? Start);
}
