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
    SecondFactorReset reset, BrowserSignIn browser) : PageModel
{
    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.PasswordNew))]
    public string? NewPassword { get; set; }

    /// <summary>What was typed before it was asked who it is.</summary>
    public string? PasskeyName { get; private set; }

    public DateTimeOffset? ResetUtc { get; private set; }

    public bool MustTurnOn => AdminFactor.IsMissing(HttpContext);

    public string Zone { get; private set; } = "Etc/UTC";

    public bool TwoFactorOn { get; private set; }

    public IReadOnlyList<PasskeyRow> Passkeys { get; private set; } = [];

    public IReadOnlyList<SignedInDevice> Devices { get; private set; } = [];

    public Guid? ThisDevice => User.DeviceId();

    private Guid Me => User.UserId()!.Value;

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync([], cancellationToken);

    [NeedsProof(ByPassword = true)]
    public async Task<IActionResult> OnPostPasswordAsync(CancellationToken cancellationToken)
    {
        var problems = await passwords.ChangeAsync(Me, User.DeviceId(), NewPassword, cancellationToken);
        if (problems.Count > 0)
            return await ShowAsync(problems, cancellationToken);
        await browser.RefreshAsync(HttpContext, (await profiles.FindAsync(Me, cancellationToken))!);
        return Done(UiText.PasswordChanged);
    }

    [NeedsProof]
    public async Task<IActionResult> OnPostTwoFactorAsync(CancellationToken cancellationToken)
    {
        if (await profiles.FindAsync(Me, cancellationToken) is not { } user)
            return NotFound();
        await twoFactor.BeginAsync(user, cancellationToken);
        return RedirectToPage("TwoFactor");
    }

    /// <summary>For the page's script, which knows what a 401 means.</summary>
    [NeedsProof]
    public async Task<IActionResult> OnPostPasskeyOptionsAsync(CancellationToken cancellationToken) =>
        await profiles.FindAsync(Me, cancellationToken) is { } user
            ? Content(await passkeys.BeginAddingAsync(user), "application/json")
            : NotFound();

    /// <summary>An administrator is turning the second factor off, and the owner still has it.</summary>
    public async Task<IActionResult> OnPostKeepTwoFactorAsync(CancellationToken cancellationToken)
    {
        await reset.CancelAsync(Me, cancellationToken);
        return Done(UiText.SecondFactorKept);
    }

    [NeedsProof]
    public async Task<IActionResult> OnPostAddPasskeyAsync(string? credential, string? passkeyName, CancellationToken cancellationToken)
    {
        if (await profiles.FindToChangeAsync(Me, cancellationToken) is not { } user)
            return NotFound();
        if (string.IsNullOrEmpty(credential))
        {
            // Who it is had to be asked first: from here the script goes on.
            PasskeyName = passkeyName;
            return await ShowAsync([], cancellationToken);
        }
        if (await passkeys.AddAsync(user, credential, passkeyName, cancellationToken))
            return Done(UiText.PasskeyAdded);
        TempData.Bad(UiText.PasskeyFailed);
        return RedirectToPage("Security");
    }

    [NeedsProof]
    public async Task<IActionResult> OnPostRenamePasskeyAsync(string? passkey, string? passkeyName, CancellationToken cancellationToken)
    {
        if (await profiles.FindToChangeAsync(Me, cancellationToken) is not { } user)
            return NotFound();
        await passkeys.RenameAsync(user, passkey, passkeyName);
        return Done(UiText.PasskeyRenamed);
    }

    [NeedsProof]
    public async Task<IActionResult> OnPostRemovePasskeyAsync(string? passkey, CancellationToken cancellationToken)
    {
        if (await profiles.FindToChangeAsync(Me, cancellationToken) is not { } user)
            return NotFound();
        await passkeys.RemoveAsync(user, passkey, cancellationToken);
        return Done(UiText.PasskeyRemoved);
    }

    [NeedsProof]
    public async Task<IActionResult> OnPostEndDeviceAsync(Guid device, CancellationToken cancellationToken)
    {
        await devices.EndAsync(Me, device, cancellationToken);
        return Done(UiText.DeviceEnded);
    }

    [NeedsProof]
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
        (Zone, TwoFactorOn, ResetUtc) = (user.TimeZone, user.TwoFactorEnabled, user.SecondFactorResetUtc);
        Passkeys = await passkeys.ListAsync(user);
        Devices = await devices.ListAsync(Me, cancellationToken);
        return problems.Count > 0 ? this.Again(problems) : Page();
    }
}
