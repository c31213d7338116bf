using System.Net;
using Microsoft.EntityFrameworkCore;
using Tests.Support;

namespace Tests.People;

/// <summary>What somebody learns who types an address that is not theirs: nothing, also not by the time that it takes.</summary>
public sealed class UnknownAddressTests
{
    [Fact]
    public async Task Forms_answer_first_and_the_work_is_done_after_that_with_where_it_was_asked_from()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("Accounts:AnswerFirst", "true"));
        var owner = await new Scene(app).PersonAsync();
        async Task SendAsync(string page, Dictionary<string, string> fields)
        {
            using var answer = await Forms.PostAsync(app.Visitor(), page, fields);
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        }
        await SendAsync("/account/sign-up", new()
        {
            ["Name"] = "Nour",
            ["Email"] = "later@people.example",
            ["Language"] = "en",
            ["Zone"] = "Etc/UTC",
        });
        await SendAsync("/account/forgot-password", new() { ["Email"] = owner.Email! });
        await SendAsync("/account/forgot-password", new() { ["Email"] = "nobody@people.example" });
        for (var i = 0; i < 200 && await KindsAsync() != "ConfirmAddress ResetPassword"; i++)
            await Task.Delay(50);
        Assert.Equal("ConfirmAddress ResetPassword", await KindsAsync());
        Assert.Single(await app.InDatabaseAsync(db => db.AuditEntries.Where(a => a.Action == "account.reset-asked").ToListAsync()));
        Assert.Empty(app.Log.Errors);

        Task<string> KindsAsync() => app.InDatabaseAsync(async db =>
            string.Join(' ', await db.Outbox.Select(m => m.Kind).OrderBy(k => k).ToListAsync()));
    }
}
