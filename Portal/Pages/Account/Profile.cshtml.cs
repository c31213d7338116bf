using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Cultures;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.Profile;
using Portal.Security;

namespace Portal.Pages.Account;

// A picture waits in memory, not in a file: the disk may be full.
[Authorize, EnableRateLimiting(RateLimits.Booking), RequestFormLimits(MemoryBufferThreshold = PictureFile.MaxBytes + 64 * 1024),
    RequestSizeLimit(PictureFile.MaxRequest)]
public sealed class ProfileModel(ProfileService profiles, Pictures pictures, BrowserSignIn browser) : PageModel
{
    public string Email { get; private set; } = "";

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.AccountName))]
    public string? Name { get; set; }

    [BindProperty]
    public string? Language { get; set; }

    [BindProperty]
    public string? Zone { get; set; }

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.PictureField))]
    public IFormFile? Picture { get; set; }

    public string? PicturePath { get; private set; }

    public LocaleFields Locale => new(Language, Zone);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is not { } user)
            return NotFound();
        Fill(user);
        return Page();
    }

    public async Task<IActionResult> OnPostPictureAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is not { } user)
            return NotFound();
        await using var file = Picture?.OpenReadStream();
        if (await pictures.SaveAsync(user.Id, file, Picture?.Length ?? 0, cancellationToken) is var problem and not PictureProblem.None)
        {
            ModelState.Clear(); // the other form's fields were not sent
            Fill(user);
            if (problem.IsForNow())
                Response.Headers.RetryAfter = $"{PictureProblems.RetryAfterSeconds}";
            var again = this.Again([new(nameof(Picture), problem.Text())]);
            // What is wrong with the file is no more than a field that does not fit.
            if (problem.Status() != StatusCodes.Status422UnprocessableEntity)
                Response.StatusCode = problem.Status();
            return again;
        }
        return await DoneAsync(user, UiText.PictureSaved);
    }

    public async Task<IActionResult> OnPostRemovePictureAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is not { } user)
            return NotFound();
        await pictures.RemoveAsync(user.Id, cancellationToken);
        return await DoneAsync(user, UiText.PictureRemoved);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is not { } user)
            return NotFound();
        var problems = await profiles.SaveAsync(user.Id, Name, Language, AccountForms.ZoneOf(Zone), cancellationToken);
        if (problems.Count > 0)
            return this.Again(problems);

        // What was chosen here counts from now on, on this device, too; and the sign-in carries name and language.
        RequestLanguage.Forget(HttpContext);
        await browser.RefreshAsync(HttpContext, (await LoadAsync(cancellationToken))!);
        TempData.Good(UiText.ResourceManager.GetString(nameof(UiText.AccountProfileSaved), CultureInfo.GetCultureInfo(Language!))!);
        return RedirectToPage();
    }

    private async Task<IActionResult> DoneAsync(PortalUser user, string text)
    {
        await browser.RefreshAsync(HttpContext, user); // the sign-in carries the picture's version
        TempData.Good(text);
        return RedirectToPage();
    }

    private void Fill(PortalUser user) => (Name, Language, Zone) = (user.DisplayName, user.Language, user.TimeZone);

    /// <summary>Null for a program, and for an account that was deleted while its cookie lives on.</summary>
    private async Task<PortalUser?> LoadAsync(CancellationToken cancellationToken)
    {
        var user = User.UserId() is { } id ? await profiles.FindAsync(id, cancellationToken) : null;
        Email = user?.Email ?? "";
        PicturePath = user is null ? null : Pictures.PathOf(user.Id, await pictures.VersionOfAsync(user.Id, cancellationToken));
        return user;
    }
}
