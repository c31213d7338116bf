using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Joining;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Recordings;
using Portal.Sessions.Trouble;

namespace Portal.Pages.Join;

/// <summary>The mailed link. The ticket in the address is the proof, so the form needs no antiforgery token.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken, EnableRateLimiting(RateLimits.Join)]
public sealed class IndexModel(
    JoinService joining, JoinRecord record, Lateness lateness, TroubleReports reports, RoomCookie cookie, TimeProvider clock)
    : JoinPage(cookie, clock)
{
    private readonly TimeProvider _clock = clock;

    public async Task<IActionResult> OnGetAsync(string ticket, CancellationToken cancellationToken)
    {
        var view = await joining.LookAsync(ticket, cancellationToken);
        // The page asks again where it cannot listen. Who has not pressed waits for nothing.
        if (view is { Decision: JoinDecision.WaitingForMentor, Person: { WaitsSinceUtc: not null } person })
            await record.StillWaitsAsync(person, cancellationToken);
        return await WithNewsAsync(Show(view), cancellationToken);
    }

    // A form that cannot be read leaves nothing bound, not even the route.
    public async Task<IActionResult> OnPostAsync(
        string? ticket, string? name, string? by, string? recording, CancellationToken cancellationToken) =>
        ticket is null ? BadRequest() : await WithNewsAsync(
            Enter(await joining.JoinByTicketAsync(
                ticket, User.UserId(), name, ConsentWord.Read(recording), cancellationToken), by == "phone"), cancellationToken);

    /// <summary>"I am 5 minutes late." Says so to the other side; it opens no door.</summary>
    public async Task<IActionResult> OnPostLateAsync(string? ticket, int? minutes, CancellationToken cancellationToken)
    {
        if (ticket is null)
            return BadRequest();
        var view = await joining.LookAsync(ticket, cancellationToken);
        if (view.Person is not { } person || !IsAhead(view.Decision))
            return Show(view);
        if (await joining.ObjectionAsync(view, User.UserId(), cancellationToken) is { } objection)
            return Show(view with { Decision = objection });
        if (SessionRules.LateMinutes(minutes) is { } wrong)
            return await RefuseAsync(view, wrong, StatusCodes.Status400BadRequest, cancellationToken);
        var outcome = await lateness.SayAsync(person.SessionId, person.ParticipantId, minutes!.Value, cancellationToken);
        return outcome == SessionOutcome.Done
            ? SeeOther(Request.Path) : await RefuseAsync(view, outcome.Text(), outcome.Status(), cancellationToken);
    }

    /// <summary>"Something does not work", also by who may not join (any more): the link alone says who it is.</summary>
    public async Task<IActionResult> OnPostTroubleAsync(string? ticket, string? words, string? check, CancellationToken cancellationToken)
    {
        if (ticket is null)
            return BadRequest();
        var view = await joining.LookAsync(ticket, cancellationToken);
        if (view.Person is not { } person || view.Decision == JoinDecision.Revoked)
            return Show(view);
        if (SessionRules.Trouble(words) is { } wrong)
            return await RefuseAsync(view, wrong, StatusCodes.Status400BadRequest, cancellationToken);
        var outcome = await reports.SendAsync(person.SessionId, person.ParticipantId,
            new(TroublePlace.Door, words, Request.Headers.UserAgent, check, $"{view.Decision}"), cancellationToken);
        return outcome == SessionOutcome.Done
            ? SeeOther($"{Request.Path}?told=true") : await RefuseAsync(view, outcome.Text(), outcome.Status(), cancellationToken);
    }

    private async Task<IActionResult> RefuseAsync(JoinView view, string message, int status, CancellationToken cancellationToken)
    {
        var page = await WithNewsAsync(Show(view), cancellationToken);
        Refusal = message;
        Response.StatusCode = status;
        return page;
    }

    /// <summary>Only around the start, and only for people who are still before the door: joining itself reads one row.</summary>
    private async Task<IActionResult> WithNewsAsync(IActionResult page, CancellationToken cancellationToken)
    {
        if (page is not Microsoft.AspNetCore.Mvc.RazorPages.PageResult || Look.Person is not { } person || !IsAhead(Look.Decision)
            || _clock.GetUtcNow() < person.Start - Lateness.SaidBefore)
            return page;
        var news = await lateness.ReadAsync(person.SessionId, person.ParticipantId, cancellationToken);
        Late = await joining.ObjectionAsync(Look, User.UserId(), cancellationToken) is null ? news : news with { MaySay = false };
        return page;
    }

    private static bool IsAhead(JoinDecision decision) => decision is JoinDecision.Open or JoinDecision.ProviderFailed
        || decision.IsWaiting() && decision != JoinDecision.NotConfirmed;
}
