using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Pages.Shared;
using Portal.People;
using Portal.Sessions;

namespace Portal.Pages.Sessions;

[Authorize]
public sealed class IndexModel(SessionQueries queries, SessionCards cards) : PageModel
{
    public IReadOnlyList<SessionCardModel> Ahead { get; private set; } = [];
    public IReadOnlyList<SessionCardModel> Past { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var me = User.UserId()!.Value;
        var (ahead, past) = (await queries.AheadAsync(me, cancellationToken), await queries.PastAsync(me, cancellationToken));
        await cards.LoadPicturesAsync(ahead.Concat(past), cancellationToken);
        Ahead = [.. ahead.Select(s => Card(s, me))];
        Past = [.. past.Select(s => Card(s, me))];
    }

    private SessionCardModel Card(MentoringSession session, Guid me) => cards.For(
        session, session.Participants.First(p => p.UserId == me), CultureInfo.CurrentUICulture.Name,
        new CardAction(UiText.SessionOpen, $"/sessions/{session.Id}"));
}
