using Localization;
using Microsoft.AspNetCore.Authorization;
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

    protected override string? For => "password";

    protected override Task<bool> SendAsync(string email, string network, CancellationToken cancellationToken) =>
        passwords.ForgotAsync(email, network, cancellationToken);
}
