using Microsoft.Extensions.Options;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Live;
using Portal.Tickets;

namespace Portal.Joining.Live;

/// <summary>
/// The streams of the three pages that wait for something: the door by its ticket, the room by its cookie, the session's page by the
/// account. Each names who may listen, and what that person would find.
/// </summary>
internal static class LiveEndpoints
{
    public static void MapPortalLive(this IEndpointRouteBuilder routes)
    {
        // Not called a ticket: a page that listens is no attempt at the door, which counts those.
        routes.MapGet("/join/{link}/live", DoorAsync).AllowAnonymous().DisableHttpMetrics().ExcludeFromDescription();
        routes.MapGet("/meeting/{id:guid}/live", RoomAsync).AllowAnonymous().DisableHttpMetrics().ExcludeFromDescription();
        routes.MapGet("/sessions/{id:guid}/live", SessionAsync).RequireAuthorization().DisableHttpMetrics().ExcludeFromDescription();
    }

    private static async Task DoorAsync(
        string link, HttpContext http, JoinLinks links, LiveLooks looks, SessionWatch watch, LiveStream stream)
    {
        if (await links.ReadTicketAsync(link, http.RequestAborted) is not { } ticket)
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await RunAsync(http, watch, stream, ticket.ParticipantId, cancel => looks.AtDoorAsync(link, cancel), isAtDoor: true);
    }

    private static async Task RoomAsync(
        Guid id, HttpContext http, RoomCookie cookie, LiveLooks looks, SessionWatch watch, LiveStream stream)
    {
        if (cookie.Read(http, id) is not { } guest)
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await RunAsync(http, watch, stream, guest.ParticipantId, cancel => looks.InRoomAsync(guest, id, cancel));
    }

    private static async Task SessionAsync(
        Guid id, HttpContext http, Caller caller, LiveLooks looks, SessionWatch watch, LiveStream stream)
    {
        // A program with a key is nobody who looks at a page.
        if (caller.UserId is not { } user)
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
        else
            await RunAsync(http, watch, stream, user, cancel => looks.OfAccountAsync(id, caller, cancel));
    }

    private static async Task RunAsync(
        HttpContext http, SessionWatch watch, LiveStream stream, Guid person, Func<CancellationToken, Task<(Guid, LiveLook)?>> look,
        bool isAtDoor = false)
    {
        if (await look(http.RequestAborted) is not var (session, _))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        using var watcher = watch.Begin(session, person, isAtDoor);
        if (watcher is null)
        {
            // The page asks now and then instead.
            http.Response.Headers.RetryAfter = "60";
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        await stream.RunAsync(http, watcher, async cancel => (await look(cancel))?.Item2);
    }
}

/// <summary>
/// What a page would find that listens. Each look has a scope of its own: streams outlive what a request keeps of the database.
/// </summary>
internal sealed class LiveLooks(IServiceScopeFactory scopes, IOptions<JoinOptions> policy)
{
    public async Task<(Guid, LiveLook)?> AtDoorAsync(string ticket, CancellationToken cancellationToken) =>
        Of(await LookAsync<JoinService, JoinView>(joining => joining.LookAsync(ticket, cancellationToken)));

    public async Task<(Guid, LiveLook)?> InRoomAsync(RoomGuest guest, Guid sessionId, CancellationToken cancellationToken) =>
        Of(await LookAsync<JoinService, JoinView>(joining => joining.LookAsync(guest, cancellationToken))) is var (id, look)
            && id == sessionId ? (id, look) : null;

    public async Task<(Guid, LiveLook)?> OfAccountAsync(Guid sessionId, Caller caller, CancellationToken cancellationToken) =>
        await LookAsync<SessionQueries, bool>(async queries => (await queries.FindAsync(sessionId, caller, cancellationToken)).Session
            is { } session && session.State.HoldsItsTime()) ? (sessionId, new LiveLook()) : null;

    /// <summary>Null for whom nothing can change any more.</summary>
    private (Guid, LiveLook)? Of(JoinView view) => view.Person is { } person && view.Decision is not (JoinDecision.Revoked
        or JoinDecision.Cancelled or JoinDecision.Over or JoinDecision.AccessEnded)
        ? (person.SessionId, new LiveLook(view.Decision.ToString(), view.ChangesAt(policy.Value))) : null;

    private async Task<T> LookAsync<TService, T>(Func<TService, Task<T>> look) where TService : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        return await look(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
