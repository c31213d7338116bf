using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal;
using Portal.Jobs;
using Portal.Tickets;
using Tests.Support;

namespace Tests.Joining;

/// <summary>Another key for join links, while links are in people's mailboxes.</summary>
public sealed class TicketKeyTests : IAsyncLifetime
{
    private PortalApp _app = null!;
    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        _app = await PortalApp.StartAsync();
        _scene = new(_app);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    private async Task RotateAsync()
    {
        await using var scope = _app.Services.CreateAsyncScope();
        Assert.Equal(0, await scope.ServiceProvider.RunKeyCommandAsync("rotate-tickets"));
    }

    private Task<int> RetainAsync() => _app.InScopeAsync<TicketKeyRetention, int>(r => r.RunAsync(default));

    private Task<List<byte>> IdsAsync() =>
        _app.InDatabaseAsync(db => db.TicketKeys.OrderBy(k => k.CreatedUtc).Select(k => k.Id).ToListAsync());

    private async Task<HttpStatusCode> OpenAsync(string link) => (await _app.Visitor().GetAsync(link)).StatusCode;

    [Fact]
    public async Task Old_links_work_until_their_sessions_are_over_and_new_ones_have_the_new_key()
    {
        var session = await _scene.BookedAsync();
        var old = await _scene.LinkAsync(session.MenteePart);
        _app.Clock.Advance(TimeSpan.FromMinutes(10));

        await RotateAsync();
        _app.Clock.Advance(TicketKeys.BetweenLooks);
        var renewed = await _scene.LinkAsync(session.MenteePart);

        Assert.NotEqual(old, renewed);
        Assert.Equal([1, 2], await IdsAsync());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await OpenAsync(old), await OpenAsync(renewed)));
        _scene.GoTo(session);
        using var entered = await _app.Visitor().PostAsync(old, null);
        Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
        Assert.Equal(0, await RetainAsync());

        _app.Clock.MoveTo(session.Start.AddDays(31));
        Assert.Equal(1, await RetainAsync());
        Assert.Equal([2], await IdsAsync());
        await _scene.LinkAsync(session.MenteePart); // the portal looks at its keys again
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Gone), (await OpenAsync(old), await OpenAsync(renewed)));
    }

    [Fact]
    public async Task Numbers_of_deleted_keys_come_again()
    {
        var session = await _scene.BookedAsync();
        await _scene.LinkAsync(session.MenteePart);
        await _app.InDatabaseAsync(db => db.TicketKeys.ExecuteUpdateAsync(set => set.SetProperty(k => k.Id, (byte)255)));
        _app.Clock.Advance(TimeSpan.FromMinutes(2));
        await RotateAsync();
        Assert.Equal([255, 1], await IdsAsync());
        _app.Clock.Advance(TicketKeys.BetweenLooks);
        Assert.Equal(1, await _app.InScopeAsync<TicketKeys, byte>(async k => (await k.CurrentAsync(default)).Id));
    }
}
