using Portal.Mail;
using Tests.People;
using Tests.Support;

namespace Tests.Pages.Account;

internal static class Confirmation
{
    /// <summary>The path in the mail that this person was sent.</summary>
    public static async Task<string> LinkAsync(PortalApp app, string email)
    {
        var row = (await app.MailsToAsync(email)).Last(m => m.Kind == nameof(ConfirmAddress));
        var context = await app.InScopeAsync<MailContexts, MailContext>(c => c.ForReaderAsync(row, new ConfirmAddress(), default));
        return context.ActionUrl!.PathAndQuery;
    }

    public static async Task ConfirmAsync(PortalApp app, string email)
    {
        using var client = app.Visitor();
        using var answer = await client.SubmitAsync(await LinkAsync(app, email));
        Assert.Equal("/account/sign-in", answer.Headers.Location?.OriginalString);
    }
}
