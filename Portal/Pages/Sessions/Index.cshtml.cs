using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Mentors;
using Portal.Pages.Account;
using Portal.Pages.Shared;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Rooms;
using Portal.Tickets;

namespace Portal.Pages.Sessions;

/// <summary>A person's sessions: what waits for them, the next one, and the others by how near they are; the past behind a tab.</summary>
[Authorize]
public sealed class IndexModel(
    SessionQueries queries, SessionCards cards, JoinLinks links, FirstSteps steps, SessionPolicy policy, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "show")]
    public string? Show { get; set; }

    public bool ShowsPast => Show == "past";

    /// <summary>Requests for the reader's time.</summary>
    public IReadOnlyList<SessionRow> Requests { get; private set; } = [];
    public NextUp? Next { get; private set; }
    public IReadOnlyList<(string Title, IReadOnlyList<SessionRows> Rows)> Groups { get; private set; } = [];
    public IReadOnlyList<SessionRow> Past { get; private set; } = [];

    /// <summary>Of the children whom the reader answers for, by name.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<SessionRow> Rows)> Children { get; private set; } = [];

    /// <summary>What a new mentor still has to do; empty when all is done.</summary>
    public IReadOnlyList<FirstStep> Steps { get; private set; } = [];

    private string Language => CultureInfo.CurrentUICulture.Name;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        // Whoever signed up on the way to somewhere goes on there: signing in, by whichever way, ends here.
        if (NextPage.Take(HttpContext) is { } next)
            return LocalRedirect(next);
        var me = User.UserId()!.Value;
        SessionParticipant Mine(MentoringSession session) => session.Participants.First(p => p.UserId == me);
        var ahead = ShowsPast ? [] : await queries.AheadAsync(me, cancellationToken);
        var past = ShowsPast ? await queries.PastAsync(me, cancellationToken) : [];
        var theirs = await queries.OfChildrenAsync(me, ShowsPast, cancellationToken);
        await cards.LoadPicturesAsync(ahead.Concat(past).Concat(theirs), cancellationToken);
        var zone = theirs.Count == 0 ? null : await queries.ZoneOfAsync(me, cancellationToken);
        Children = [.. theirs.GroupBy(s => s.WardOf(me)!.UserId).Select(g => (g.First().WardOf(me)!.Name,
            (IReadOnlyList<SessionRow>)[.. g.Select(s => cards.Row(s, s.WardOf(me)!, Language, zone))]))];
        Past = [.. past.Select(s => cards.Row(s, Mine(s), Language))];
        Steps = User.IsInRole(Roles.Mentor) && !ShowsPast ? await steps.OfAsync(me, cancellationToken) : [];

        var now = clock.GetUtcNow();
        var asked = ahead.Where(s => s.MentorId == me && s.State == SessionState.Requested && !s.HasLapsed(now)).ToList();
        Requests = [.. asked.Select(s => cards.Row(s, Mine(s), Language))];
        var first = ahead.FirstOrDefault(s => s.State == SessionState.Confirmed && Mine(s).IsIn);
        if (first is not null)
            Next = await NextAsync(first, Mine(first), now, cancellationToken);
        Groups = [.. SessionGroups.Of(
            ahead.Except(asked).Where(s => s != first).Select(s => (cards.Row(s, Mine(s), Language), Mine(s).TimeZone)), now)];
        return Page();
    }

    private async Task<NextUp> NextAsync(
        MentoringSession session, SessionParticipant mine, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var opens = SessionDoor.OpensAt(session.StartUtc, policy.Joining);
        var isOpen = now >= opens;
        if (isOpen)
            // One press leads to the tool's own page, where it has one.
            HttpContext.AllowFormToLeave();
        var said = !isOpen ? Spans.Relative(session.StartUtc, now)
            : session.StartUtc > now ? UiText.NextOpen.With(Spans.Relative(session.StartUtc, now)) : UiText.NextLive;
        return new(cards.For(session, mine, Language), $"/sessions/{session.Id}", said, isOpen,
            isOpen ? 0 : (int)Math.Ceiling(Math.Min((opens - now).TotalSeconds, int.MaxValue)),
            session.Place().IsElsewhere() ? null : (await links.ForAsync(mine.Id, mine.LinkVersion, cancellationToken)).PathAndQuery);
    }
}
