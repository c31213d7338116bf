using Portal.Mail.Rendering;
using Portal.People.Mails;
using Tests.People;
using Tests.Support;

namespace Tests.Pages.Account;

internal static class Confirmation
{
    /// <summary>The path in the mail that this person was sent.</summary>
    public static Task<string> LinkAsync(PortalApp app, string email) => LinkAsync<ConfirmAddress>(app, email);

    /// <summary>The path in the latest mail of this kind to this address.</summary>
    public static async Task<string> LinkAsync<TMail>(PortalApp app, string email) where TMail : MailModel, new()
    {
        var row = (await app.MailsToAsync(email)).Last(m => m.Kind == typeof(TMail).Name);
        var context = await app.InScopeAsync<MailContexts, MailContext>(c => c.ForReaderAsync(row, new TMail(), default));
        return ((AccountMailContext)context).ActionUrl!.PathAndQuery;
    }

    public static async Task ConfirmAsync(PortalApp app, string email, string password = Accounts.Password)
    {
        using var client = app.Visitor();
        using var answer = await client.SubmitAsync(await LinkAsync(app, email), ("Password", password));
        Assert.Equal("/sessions", answer.Headers.Location?.OriginalString);
    }
}
