using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.People.Accounts;
using Portal.Security;

namespace Portal.Pages.Account;

[AllowAnonymous, EnableRateLimiting(RateLimits.SignIn)]
public sealed class ResendConfirmationModel(EmailConfirmation confirmation) : AskAddressModel
{
    public override string FormId => "resend";

    public override string Title => UiText.AccountResendTitle;

    public override string Explanation => UiText.AccountResendText;

    public override string Button => UiText.AccountResendButton;

    protected override async Task<IActionResult> SendAsync(string email, CancellationToken cancellationToken)
    {
        await confirmation.ResendAsync(email, cancellationToken);
        return RedirectToPage("CheckMail");
    }
}
