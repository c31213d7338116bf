using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.Accounts;
using Portal.People.Profile;
using Portal.People.SignIn;
using Portal.Security;

namespace Portal.Pages.Account;

/// <summary>All about signing in, in one place: password, second factor, passkeys, devices.</summary>
[Authorize, EnableRateLimiting(RateLimits.SignIn)]
public sealed class SecurityModel(
    ProfileService profiles, PasswordService passwords, TwoFactor twoFactor, Passkeys passkeys, Devices devices,
    BrowserSignIn browser) : PageModel
{
    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.PasswordCurrent))]
    public string? CurrentPassword { get; set; }

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.PasswordNew))]
    public string? NewPassword { get; set; }

    public string Zone { get; private set; } = "Etc/UTC";

    public bool TwoFactorOn { get; private set; }

    public IReadOnlyList<PasskeyRow> Passkeys { get; private set; } = [];

    public IReadOnlyList<SignedInDevice> Devices { get; private set; } = [];

    public Guid? ThisDevice => User.DeviceId();

    private Guid Me => User.UserId()!.Value;

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync([], cancellationToken);

    public async Task<IActionResult> OnPostPasswordAsync(CancellationToken cancellationToken)
    {
        var problems = await passwords.ChangeAsync(Me, User.DeviceId(), CurrentPassword, NewPassword, cancellationToken);
        if (problems.Count > 0)
            return await ShowAsync(problems, cancellationToken);
        await browser.RefreshAsync(HttpContext, (await profiles.FindAsync(Me, cancellationToken))!);
        return Done(UiText.PasswordChanged);
    }

    public async Task<IActionResult> OnPostTwoFactorAsync(CancellationToken cancellationToken)
    {
        if (await profiles.FindAsync(Me, cancellationToken) is not { } user)
            return NotFound();
        await twoFactor.BeginAsync(user, cancellationToken);
        return RedirectToPage("TwoFactor");
    }

    /// <summary>For the page's script.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync(string? password) =>
        await passkeys.BeginAddingAsync(Me, password) is { } options
            ? Content(options, "application/json")
            : new JsonResult(new { title = ErrorText.PasswordWrong }) { StatusCode = StatusCodes.Status400BadRequest };

    public async Task<IActionResult> OnPostAddPasskeyAsync(string? credential, string? passkeyName, CancellationToken cancellationToken)
    {
        if (await profiles.FindToChangeAsync(Me, cancellationToken) is not { } user)
            return NotFound();
        if (await passkeys.AddAsync(user, credential, passkeyName, cancellationToken))
            return Done(UiText.PasskeyAdded);
        TempData.Bad(UiText.PasskeyFailed);
        return RedirectToPage("Security");
    }

    public async Task<IActionResult> OnPostRenamePasskeyAsync(string? passkey, string? passkeyName, CancellationToken cancellationToken)
    {
        if (await profiles.FindToChangeAsync(Me, cancellationToken) is not { } user)
            return NotFound();
        await passkeys.RenameAsync(user, passkey, passkeyName);
        return Done(UiText.PasskeyRenamed);
    }

    public async Task<IActionResult> OnPostRemovePasskeyAsync(string? passkey, CancellationToken cancellationToken)
    {
        if (await profiles.FindToChangeAsync(Me, cancellationToken) is not { } user)
            return NotFound();
        await passkeys.RemoveAsync(user, passkey, cancellationToken);
        return Done(UiText.PasskeyRemoved);
    }

    public async Task<IActionResult> OnPostEndDeviceAsync(Guid device, CancellationToken cancellationToken)
    {
        await devices.EndAsync(Me, device, cancellationToken);
        return Done(UiText.DeviceEnded);
    }

    public async Task<IActionResult> OnPostSignOutEverywhereAsync(CancellationToken cancellationToken)
    {
        await passwords.SignOutEverywhereAsync(Me, cancellationToken);
        await browser.SignOutAsync(HttpContext);
        TempData.Good(UiText.EverywhereDone);
        return RedirectToPage("SignIn");
    }

    private RedirectToPageResult Done(string text)
    {
        TempData.Good(text);
        return RedirectToPage("Security");
    }

    private async Task<IActionResult> ShowAsync(IReadOnlyList<FieldProblem> problems, CancellationToken cancellationToken)
    {
        if (await profiles.FindAsync(Me, cancellationToken) is not { } user)
            return NotFound();
        (Zone, TwoFactorOn) = (user.TimeZone, user.TwoFactorEnabled);
        Passkeys = await passkeys.ListAsync(user);
        Devices = await devices.ListAsync(Me, cancellationToken);
        return problems.Count > 0 ? this.Again(problems) : Page();
    }
}
