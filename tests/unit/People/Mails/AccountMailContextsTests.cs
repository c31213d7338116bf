using Microsoft.EntityFrameworkCore;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;
using Portal.People;
using Portal.People.Mails;
using Tests.Support;

namespace Tests.People.Mails;

public sealed class AccountMailContextsTests(PortalApp app) : IClassFixture<PortalApp>
{
    public static TheoryData<string> MailsWithASecret => new(nameof(ConfirmAddress), nameof(ConfirmNewAddress), nameof(ResetPassword));

    [Theory, MemberData(nameof(MailsWithASecret))]
    public async Task The_reader_gets_a_code_and_everybody_else_the_page_without_it(string kind)
    {
        var row = RowOf(await app.AddPersonAsync(), kind);
        var (own, others) = (await UrlAsync(row, secrets: true), await UrlAsync(row, secrets: false));
        Assert.Matches("[?&]code=.", own.Query);
        Assert.Equal((own.AbsolutePath, ""), (others.AbsolutePath, others.Query));
    }

    [Theory]
    [InlineData(nameof(ConfirmAddress))]
    [InlineData(nameof(ResetPassword))]
    public async Task A_code_of_an_account_goes_to_no_address_but_its_own(string kind)
    {
        var row = RowOf(await app.AddPersonAsync(), kind);
        row.ToAddress = "former@people.example";
        await Assert.ThrowsAsync<MailCompositionException>(() => UrlAsync(row, secrets: true));
    }

    [Theory, MemberData(nameof(MailsWithASecret))]
    public async Task There_is_no_code_for_an_account_that_was_deleted(string kind)
    {
        var user = await app.AddPersonAsync();
        await app.InDatabaseAsync(db => db.Users.Where(u => u.Id == user.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.DeletedUtc, app.Clock.GetUtcNow())));
        await Assert.ThrowsAsync<MailCompositionException>(() => UrlAsync(RowOf(user, kind), secrets: true));
    }

    private static OutboxMessage RowOf(PortalUser user, string kind) => new()
    {
        Key = "key",
        Kind = kind,
        Model = "{}",
        ToAddress = user.Email!,
        ToName = user.DisplayName,
        UserId = user.Id,
    };

    private async Task<Uri> UrlAsync(OutboxMessage row, bool secrets)
    {
        var mail = MailKinds.Read(row.Kind, row.Model);
        var context = await app.InScopeAsync<MailContexts, MailContext>(c =>
            secrets ? c.ForReaderAsync(row, mail, default) : c.ForOthersAsync(row, mail, default));
        return ((AccountMailContext)context).ActionUrl!;
    }
}
