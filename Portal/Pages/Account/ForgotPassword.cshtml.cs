using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.People.Accounts;
using Portal.Security;

namespace Portal.Pages.Account;

[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
public sealed class ForgotPasswordModel(PasswordService passwords) : AskAddressModel
{
    public override string FormId => "forgot";

    public override string Title => UiText.ForgotTitle;

    public override string Explanation => UiText.ForgotText;

    public override string Button => UiText.ForgotButton;

    protected override async Task<IActionResult> SendAsync(string email, CancellationToken cancellationToken)
    {
        await passwords.ForgotAsync(email, cancellationToken);
        return RedirectToPage("CheckMail", new { @for = "password" });
    }
}
