using Microsoft.EntityFrameworkCore;
using Portal.Jobs;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;
using Portal.People;
using Portal.People.Accounts;
using Tests.Support;

namespace Tests.People;

/// <summary>What a child's request to a guardian costs others: emails to people who may have no account, and their addresses.</summary>
public sealed class GuardianRequestTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    [Fact]
    public async Task A_child_asks_few_people_and_few_in_a_day()
    {
        var child = await _scene.PersonAsync();
        for (var i = 0; i < Guardians.Max; i++)
            Assert.Equal(GuardianOutcome.Done,
                await RunAsync(g => g.AskAsync(child.Id, $"parent{i}-{child.Id:N}@people.example", default)));
        Assert.Equal(GuardianOutcome.TooMany, await RunAsync(g => g.AskAsync(child.Id, "one-more@people.example", default)));
        var ids = await app.InDatabaseAsync(db => db.Guardianships.Where(g => g.ChildId == child.Id).Select(g => g.Id).ToListAsync());
        foreach (var id in ids)
            Assert.Equal(GuardianOutcome.Done, await RunAsync(g => g.EndAsync(new(child.Id, false), id, default)));
        Assert.Equal(GuardianOutcome.Done, await RunAsync(g => g.AskAsync(child.Id, "last@people.example", default)));
        Assert.Equal(GuardianOutcome.TooManyAsked, await RunAsync(g => g.AskAsync(child.Id, "too-much@people.example", default)));
    }

    [Fact]
    public async Task A_stranger_who_is_asked_can_stop_it_and_is_not_pestered_by_many_accounts()
    {
        var name = $"parent-{Guid.NewGuid():N}";
        for (var i = 0; i < Guardians.MaxMailsPerMailbox; i++)
            Assert.Equal(GuardianOutcome.Done, await AskAsync(await _scene.PersonAsync(), $"{name}+{i}@people.example"));
        var late = await _scene.PersonAsync();
        Assert.Equal(GuardianOutcome.TooManyAsked, await AskAsync(late, $"{name}@people.example"));
        app.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        Assert.Equal(GuardianOutcome.Done, await AskAsync(late, $"{name}@people.example"));

        // Of nobody's account: the mail has the link by which they stop it.
        var mail = await app.InDatabaseAsync(db => db.Outbox.AsNoTracking().SingleAsync(m => m.ToAddress == $"{name}@people.example"));
        Assert.Null(mail.UserId);
        Assert.NotNull((await app.InScopeAsync<MailContexts, MailContext>(
            c => c.ForReaderAsync(mail, MailKinds.Read(mail.Kind, mail.Model), default))).NoMailUrl);
        await app.InScopeAsync<UnwantedMail>(u => u.StopAsync($"{name}@people.example", default));
        Assert.Equal(GuardianOutcome.NoMailWanted, await AskAsync(await _scene.PersonAsync(), $"{name}+new@people.example"));
    }

    [Fact]
    public async Task A_request_to_an_account_is_its_own_mail_and_one_that_nobody_accepts_is_forgotten()
    {
        var (child, asked) = (await _scene.PersonAsync(), await _scene.PersonAsync("Huda Salem", "ar"));
        Assert.Equal(GuardianOutcome.Done, await AskAsync(child, asked.Email!));
        var mail = await app.InDatabaseAsync(db => db.Outbox.SingleAsync(m => m.ToAddress == asked.Email && m.Kind == "GuardianNews"));
        Assert.Equal(((Guid?)asked.Id, "ar"), (mail.UserId, mail.Language));
        var (other, guardian) = (await _scene.PersonAsync(), await _scene.PersonAsync());
        Assert.Equal(GuardianOutcome.Done,
            await RunAsync(g => g.EstablishAsync(new(null, IsAdmin: true), other.Id, guardian.Email, default)));
        app.Clock.Advance(Guardians.RequestLife - TimeSpan.FromMinutes(1));
        await app.InScopeAsync<Retention, int>(r => r.RunAsync(default));
        Assert.True(await app.InDatabaseAsync(db => db.Guardianships.AnyAsync(g => g.ChildId == child.Id)));
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await app.InScopeAsync<Retention, int>(r => r.RunAsync(default));
        Assert.False(await app.InDatabaseAsync(db => db.Guardianships.AnyAsync(g => g.ChildId == child.Id)));
        Assert.True(await app.InDatabaseAsync(db => db.Guardianships.AnyAsync(g => g.GuardianId == guardian.Id)));
    }

    private Task<GuardianOutcome> AskAsync(PortalUser child, string email) => RunAsync(g => g.AskAsync(child.Id, email, default));

    private Task<GuardianOutcome> RunAsync(Func<Guardians, Task<GuardianOutcome>> run) => app.InScopeAsync(run);
}
