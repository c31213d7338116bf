using Portal.Mail.Delivery;
using Portal.Mail.Rendering;
using Portal.People.Mails;
using Tests.Mail;
using Tests.Support;

namespace Tests.People.Mails;

public sealed class FailureNoticeTests : IAsyncLifetime
{
    private readonly ScriptedSender _sender = new();
    private readonly PortalApp _app = new();

    public Task InitializeAsync() => _app.InitializeAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Administrators_are_told_of_failures_once_an_hour_with_their_number_and_never_of_that_news()
    {
        var scene = new Scene(_app);
        var admin = await scene.AdminAsync();
        _sender.Answer = _ => new(SendVerdict.Rejected, SendScope.Message, SendStage.Content, "no");
        var dispatcher = _app.DispatcherOver(_sender);
        await _app.QueueAsync(_app.Row("a"), _app.Row("b"));
        await TurnAsync();
        Assert.Equal([2], await ToldAsync());

        await _app.QueueAsync(_app.Row("c"));
        for (var i = 0; i < 5; i++)
        {
            await TurnAsync(); // the news itself fails as well
            _app.Clock.Advance(TimeSpan.FromMinutes(10));
        }
        Assert.Equal([2], await ToldAsync());
        _app.Clock.Advance(TimeSpan.FromMinutes(15));
        await TurnAsync();
        Assert.Equal([2, 1], await ToldAsync());
        for (var i = 0; i < 5; i++)
        {
            _app.Clock.Advance(TimeSpan.FromHours(1));
            await TurnAsync();
        }
        Assert.Equal([2, 1], await ToldAsync());

        async Task TurnAsync()
        {
            await dispatcher.RunAsync(default);
            _app.Clock.Advance(TimeSpan.FromSeconds(1));
            await _app.InScopeAsync<FailureNotice>(n => n.TellAsync(default));
        }

        async Task<List<int>> ToldAsync() =>
            [.. (await _app.OutboxAsync()).Where(m => m.Kind == nameof(DeliveryFailed)).OrderBy(m => m.CreatedUtc)
            .Select(m => { Assert.Equal(admin.Email, m.ToAddress); return ((DeliveryFailed)MailKinds.Read(m.Kind, m.Model)).Count; })];
    }
}
