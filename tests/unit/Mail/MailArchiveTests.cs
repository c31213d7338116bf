using Microsoft.EntityFrameworkCore;
using Portal.Mail.Admin;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;
using Tests.Support;

namespace Tests.Mail;

public sealed class MailArchiveTests : IAsyncLifetime
{
    private readonly PortalApp _app = new();

    public async Task InitializeAsync()
    {
        await _app.InitializeAsync();
        await _app.ConfirmAsync(await _app.AddSessionAsync());
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task An_administrator_sees_the_mail_as_its_reader_but_never_the_readers_link()
    {
        await _app.DispatchAsync();
        var row = (await _app.OutboxAsync()).Single(m => m.Language == "ar");
        var seen = await _app.InScopeAsync<MailArchive, RenderedMail>(a => a.RenderAsync(row, default));
        var sent = Assert.Single(_app.Files().Select(MailFixture.TextPart), t => t.Contains("مرحبًا"));
        var secret = Assert.Single(sent.Split("\r\n"), l => l.Contains("/join/"));
        Assert.DoesNotContain(secret, seen.Text + seen.Html);
        Assert.Equal(sent.ReplaceLineEndings("\n").Replace(secret, "http://portal.test/join/example"), seen.Text);
        Assert.Contains("dir=\"rtl\"", seen.Html);
    }

    [Fact]
    public async Task Mails_are_found_by_state_and_by_part_of_a_name_or_address()
    {
        Assert.Equal(2, (await ListAsync(null, null)).Items.Count);
        Assert.Equal(2, (await ListAsync(OutboxState.Waiting, " ")).Items.Count);
        Assert.Empty((await ListAsync(OutboxState.Sent, null)).Items);
        Assert.Equal("talib@people.example", Assert.Single((await ListAsync(null, "TALIB@")).Items).ToAddress);
        Assert.Equal("murshid@people.example", Assert.Single((await ListAsync(null, "layla h")).Items).ToAddress);
        Assert.Empty((await ListAsync(null, "%")).Items);
        Assert.Empty((await ListAsync(null, null, page: 2)).Items);
    }

    [Fact]
    public async Task The_newest_mails_come_first_and_a_page_says_whether_more_follow()
    {
        await _app.InDatabaseAsync(db =>
        {
            for (var i = 0; i < MailArchive.PageSize; i++)
                db.Outbox.Add(new()
                {
                    Key = $"k{i}",
                    Kind = "AddressTaken",
                    Model = "{}",
                    ToAddress = $"p{i}@demo.example",
                    CreatedUtc = _app.Clock.GetUtcNow().AddMinutes(i + 1)
                });
            return db.SaveChangesAsync();
        });
        var first = await ListAsync(null, null);
        var second = await ListAsync(null, null, page: 2);
        Assert.True(first.HasMore);
        Assert.False(second.HasMore);
        Assert.Equal($"p{MailArchive.PageSize - 1}@demo.example", first.Items[0].ToAddress);
        Assert.Equal(MailArchive.PageSize + 2, first.Items.Concat(second.Items).Select(i => i.Id).Distinct().Count());
    }

    [Fact]
    public async Task Only_a_mail_that_was_given_up_or_is_in_doubt_can_be_sent_again()
    {
        var rows = await _app.OutboxAsync();
        Assert.False(await SendAgainAsync(rows[0].Id));
        foreach (var state in (OutboxState[])[OutboxState.Failed, OutboxState.InDoubt])
        {
            await _app.InDatabaseAsync(db => db.Outbox.Where(m => m.Id == rows[0].Id)
                .ExecuteUpdateAsync(s => s.SetProperty(m => m.State, state)));
            Assert.True(await SendAgainAsync(rows[0].Id));
            Assert.False(await SendAgainAsync(rows[0].Id));
        }
        await _app.DispatchAsync();
        Assert.Equal(2, _app.Files().Count);
        Assert.False(await SendAgainAsync(rows[0].Id));
    }

    private Task<bool> SendAgainAsync(Guid id) => _app.InScopeAsync<MailArchive, bool>(a => a.SendAgainAsync(id, null, default));

    private Task<MailListPage> ListAsync(OutboxState? state, string? search, int page = 1) =>
        _app.InScopeAsync<MailArchive, MailListPage>(a => a.ListAsync(state?.ToString(), search, page, default));
}
