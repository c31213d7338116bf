using System.Globalization;
using Portal.Joining;
using Portal.People;
using Portal.Security;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Recordings;
using Portal.Sessions.Rooms;
using Portal.Settings;
using Portal.Tickets;
using Providers;

namespace Portal.Api;

/// <summary>What a client gets that asks for JSON instead of a redirect.</summary>
/// <param name="Url">Absolute; absent for a place. For an embedded room and a caller without cookies: a link for a browser, good for
/// five minutes and one use.</param>
/// <param name="Kind"><c>redirect</c> (the meeting tool), <c>room</c> (the portal's meeting page) or <c>elsewhere</c> (nothing to
/// open).</param>
/// <param name="Place">A phone number to call or an address to go to.</param>
public sealed record JoinAnswer(string? Url, string Kind, PlaceItem? Place = null);

/// <summary>The join proxy for signed-in callers.</summary>
internal static class JoinApi
{
    public static void MapJoinApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/mentoring/session/{id:guid}").WithTags("Joining").RequireAuthorization();

        group.MapPost("/join", JoinAsync).Produces<JoinAnswer>().ProducesProblem(409).ProducesProblem(410)
            .RequireRateLimiting(RateLimits.Join)
            .WithSummary("Joins a session: 303 to the meeting, or 200 with JSON where the Accept header asks for it. "
                + "422 consentNeeded: call again with ?recording=yes or no, for a meeting that may be recorded.");
        group.MapGet("/join", FollowAsync).RequireRateLimiting(RateLimits.Join)
            .WithSummary("Does the same for a link that a signed-in user follows; from another site 303 to the page that asks first.");
        group.MapPost("/generate-link", GenerateLinkAsync).RequireRateLimiting(RateLimits.Tokens)
            .WithSummary("Recreates the session's meeting (mentor, administrators, API keys). The old room is never used again.");
        group.MapPost("/participants/{participantId:guid}/withdraw-link", WithdrawAsync).RequireRateLimiting(RateLimits.Tokens)
            .WithSummary("Deactivates one person's join link.");
        group.MapPost("/participants/{participantId:guid}/renew-link", RenewAsync).RequireRateLimiting(RateLimits.Tokens)
            .WithSummary("Emails one person a new join link.");
    }

    private static async Task<IResult> JoinAsync(
        Guid id, string? recording, Caller caller, HttpContext http, JoinService joining, JoinLinks links, RoomCookie cookie,
        PublicAddress address, TimeProvider clock, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (caller.UserId is not { } userId)
            return Refuse(JoinView.Unknown with { Decision = JoinDecision.NotParticipant }, http, clock);

        var json = http.Request.Headers.Accept.ToString().Contains("json", StringComparison.OrdinalIgnoreCase);
        var hasCookies = http.Request.Headers.Authorization.Count == 0;
        var outcome = await joining.JoinByAccountAsync(
            id, userId, cancellationToken, handsOn: json && !hasCookies, ConsentWord.Read(recording));
        if (outcome.Target is null)
            return Refuse(outcome.View, http, clock);

        var person = outcome.View.Person!;
        if (outcome.Target is RedirectTarget redirect)
            return json ? Results.Ok(new JoinAnswer(redirect.Url.AbsoluteUri, "redirect")) : SeeOther(http, redirect.Url.AbsoluteUri);

        if (outcome.Target is PlaceTarget { Place: var place })
            return json ? Results.Ok(new JoinAnswer(null, "elsewhere", PlaceItem.Of(place))) : SeeOther(http, $"/sessions/{id}");

        cookie.Set(http, outcome.View);
        if (!json)
            return SeeOther(http, RoomCookie.PathOf(id));
        var once = await links.OnceAsync(id, caller.UserId!.Value, person.ParticipantId, person.LinkVersion, cancellationToken);
        return Results.Ok(new JoinAnswer(hasCookies ? address.To(RoomCookie.PathOf(id)).AbsoluteUri : once.AbsoluteUri, "room"));
    }

    private static async Task<IResult> FollowAsync(
        Guid id, string? recording, Caller caller, HttpContext http, JoinService joining, JoinLinks links, RoomCookie cookie,
        PublicAddress address, TimeProvider clock, CancellationToken cancellationToken)
    {
        // A person who has to answer first is shown the page that asks.
        if (caller.UserId is not { } userId || await joining.LookByAccountAsync(id, userId, cancellationToken) is var look
            && (look.Person is null || IsOwnStep(http.Request) && (look.Decision != JoinDecision.ConsentNeeded
                || http.Request.Headers.Authorization.Count > 0)))
            return await JoinAsync(id, recording, caller, http, joining, links, cookie, address, clock, cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        var person = look.Person!;
        return SeeOther(http, (await links.ForAsync(person.ParticipantId, person.LinkVersion, cancellationToken)).PathAndQuery);
    }

    /// <summary>
    /// A person went there, from a page of ours or by typing the address. What another site led to, drew as a picture or fetched ahead of
    /// time must not enter for anybody. A caller with a token in a header did not come by a link.
    /// </summary>
    private static bool IsOwnStep(HttpRequest request) => request.Headers.Authorization.Count > 0
        || request.Headers["Sec-Fetch-Site"].ToString() is "none" or "same-origin" && request.Headers["Sec-Fetch-Dest"] == "document"
        && request.Headers["Sec-Purpose"].Count == 0;

    private static async Task<IResult> GenerateLinkAsync(Guid id, Caller caller, SessionRooms rooms, CancellationToken cancellationToken) =>
        Problems.Answer(await rooms.RemakeLinkAsync(id, caller, cancellationToken));

    private static async Task<IResult> WithdrawAsync(
        Guid id, Guid participantId, Caller caller, PersonalLinks personal, CancellationToken cancellationToken) =>
        Problems.Answer(await personal.WithdrawLinkAsync(id, participantId, caller, cancellationToken));

    private static async Task<IResult> RenewAsync(
        Guid id, Guid participantId, Caller caller, PersonalLinks personal, CancellationToken cancellationToken) =>
        Problems.Answer(await personal.RenewLinkAsync(id, participantId, caller, cancellationToken));

    internal static IResult Refuse(JoinView view, HttpContext http, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var extensions = new Dictionary<string, object?> { ["decision"] = JsonWord.Of(view.Decision) };
        if (view.Decision == JoinDecision.TooEarly)
            extensions["opensAt"] = view.OpensAt;
        if (view.Decision.RetryAfter(now, view.OpensAt) is { } wait)
            http.Response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Results.Problem(statusCode: view.Decision.Status(), title: Problems.TitleOf(view.Decision), extensions: extensions);
    }

    /// <summary>303: whatever the method was, the browser goes on with GET.</summary>
    private static IResult SeeOther(HttpContext http, string location)
    {
        http.Response.Headers.Location = location;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
