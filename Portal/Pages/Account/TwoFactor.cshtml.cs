using System.ComponentModel.DataAnnotations;
using System.Text;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.Profile;
using Portal.People.SignIn;
using Portal.Security;
using Portal.Settings;
using QRCoder;

namespace Portal.Pages.Account;

/// <summary>Sets an authenticator app up, makes new recovery codes, turns it off again.</summary>
[Authorize, EnableRateLimiting(RateLimits.SignIn), ResponseCache(NoStore = true)]
public sealed class TwoFactorModel(
    ProfileService profiles, TwoFactor twoFactor, RecentProof proof, BrowserSignIn browser, IOptions<PortalOptions> portal) : PageModel
{
    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.CodeField))]
    public string? Code { get; set; }

    /// <summary>While it is being set up; in groups of four letters.</summary>
    public string? Key { get; private set; }

    public string QrImage { get; private set; } = "";

    public int CodesLeft { get; private set; }

    /// <summary>Shown in the answer to the form and never again.</summary>
    public IReadOnlyList<string>? NewCodes { get; private set; }

    /// <summary>They replace older ones; else two-step verification has just been turned on.</summary>
    public bool Renewed { get; private set; }

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync([], cancellationToken);

    [NeedsProof]
    public async Task<IActionResult> OnPostOnAsync(CancellationToken cancellationToken)
    {
        if (await MeAsync(cancellationToken) is not { } user)
            return NotFound();
        NewCodes = await twoFactor.TurnOnAsync(user, Code, User.DeviceId(), cancellationToken);
        if (NewCodes is null)
            return await ShowAsync([new(nameof(Code), ErrorText.TwoFactorWrong)], cancellationToken);
        await browser.RefreshAsync(HttpContext, user);
        return Page();
    }

    [NeedsProof]
    public async Task<IActionResult> OnPostNewCodesAsync(CancellationToken cancellationToken)
    {
        if (await MeAsync(cancellationToken) is not { } user)
            return NotFound();
        NewCodes = await twoFactor.RenewCodesAsync(user, cancellationToken);
        Renewed = true;
        return NewCodes is null ? RedirectToPage("Security") : Page();
    }

    [NeedsProof]
    public async Task<IActionResult> OnPostOffAsync(CancellationToken cancellationToken)
    {
        if (await MeAsync(cancellationToken) is not { } user)
            return NotFound();
        await twoFactor.TurnOffAsync(user, cancellationToken);
        await browser.RefreshAsync(HttpContext, user);
        TempData.Good(UiText.TwoFactorNowOff);
        return RedirectToPage("Security");
    }

    private async Task<PortalUser?> MeAsync(CancellationToken cancellationToken) =>
        User.UserId() is { } me ? await profiles.FindToChangeAsync(me, cancellationToken) : null;

    private async Task<IActionResult> ShowAsync(IReadOnlyList<FieldProblem> problems, CancellationToken cancellationToken)
    {
        if (User.UserId() is not { } me || await profiles.FindAsync(me, cancellationToken) is not { } user)
            return NotFound();
        if (user.TwoFactorEnabled)
        {
            CodesLeft = await twoFactor.CodesLeftAsync(me, cancellationToken);
        }
        else
        {
            // It is begun there, by who has shown who they are: whoever sees the key can make codes as well.
            if (!await proof.IsThereAsync(me, User.DeviceId(), cancellationToken)
                || await twoFactor.KeyToSetUpAsync(user, cancellationToken) is not { } key)
                return RedirectToPage("Security");
            Draw(Totp.Text(key), user.Email ?? "");
        }
        return problems.Count > 0 ? this.Again(problems) : Page();
    }

    private void Draw(string key, string account)
    {
        Key = string.Join(' ', key.Chunk(4).Select(c => new string(c)));
        var product = Uri.EscapeDataString(portal.Value.Name);
        var address = $"otpauth://totp/{product}:{Uri.EscapeDataString(account)}?secret={key}&issuer={product}&digits={Totp.Digits}";
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        QrImage = "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(svg.GetGraphic(4)));
    }
}
