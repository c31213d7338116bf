using Localization;
using Microsoft.AspNetCore.Authorization;
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

    protected override Task<bool> SendAsync(string email, string network, CancellationToken cancellationToken) =>
        confirmation.ResendAsync(email, network, cancellationToken);
}
