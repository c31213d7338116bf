using Portal.Sessions.Changes;
using Portal.Sessions.Live;

namespace Portal.Pages.Sessions;

/// <summary>Who waits to be let in, for who may do that.</summary>
public sealed record WaitingView(Guid SessionId, string Zone, IReadOnlyList<Waiting> Waiting)
{
    public static async Task<WaitingView> ReadAsync(
        SessionPageModel page, Gatherings gatherings, CancellationToken cancellationToken) => new(
        page.Session.Id, page.ReaderZone,
        page.Rights.Admit.IsAllowed() ? (await gatherings.OfAsync(page.Session, cancellationToken)).Waiting : []);
}
