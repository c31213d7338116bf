using Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Joining;
using Portal.Pages.Shared;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;

namespace Portal.Pages.Sessions;

/// <summary>What the pages about one session have in common: the session, the reader's part in it, and what they may do.</summary>
public abstract class SessionPageModel(SessionQueries queries, SessionPolicy policy, TimeProvider clock) : PageModel
{
    public MentoringSession Session { get; private set; } = null!;

    /// <summary>For titles and links, which must not be empty: a meeting at once may have no topic.</summary>
    public string Topic => Session.Topic.Length > 0 ? Session.Topic : UiText.TopicNone;

    /// <summary>Null for a guardian or an administrator who has no part in the session.</summary>
    public SessionParticipant? Me { get; private set; }

    /// <summary>The place of a child whom the reader answers for; null for all other readers.</summary>
    public SessionParticipant? Ward => Session.WardOf(Caller.UserId);

    public SessionRights Rights { get; private set; } = null!;

    /// <summary>As the session has it, which stays where it is when somebody travels; an administrator's own.</summary>
    public string ReaderZone { get; private set; } = "Etc/UTC";

    protected Caller Caller => Caller.From(User);

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    /// <summary>Else a form that is sent to a page without such a handler would be shown without its session.</summary>
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (context.HandlerMethod is null)
            context.Result = StatusCode(StatusCodes.Status405MethodNotAllowed);
    }

    /// <summary>What else the page shows; the session is there.</summary>
    protected virtual Task ReadMoreAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Null when the page can be shown.</summary>
    protected async Task<IActionResult?> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        var (outcome, session) = await queries.FindAsync(id, Caller, cancellationToken);
        if (session is null)
            return StatusCode(outcome.Status());
        Session = session;
        Me = session.Participants.FirstOrDefault(p => p.UserId == Caller.UserId && p.LeftUtc is null);
        ReaderZone = Me?.TimeZone ?? await queries.ZoneOfAsync(Caller.UserId!.Value, cancellationToken);
        // Somebody who has no part in it came from Administration.
        ViewData["AsAdmin"] = Me is null && Ward is null;
        Rights = SessionRights.Of(session, Caller, Now, policy);
        await ReadMoreAsync(cancellationToken);
        return null;
    }

    /// <summary>The page as the session is now, with what the model state says against a form.</summary>
    protected async Task<IActionResult> ShowAsync(Guid id, int status, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is { } refused)
            return refused;
        Response.StatusCode = status;
        return Page();
    }

    /// <summary>The page with what stood against it.</summary>
    protected Task<IActionResult> RefuseAsync(Guid id, string message, int status, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        ModelState.AddModelError("", message);
        return ShowAsync(id, status, cancellationToken);
    }

    /// <summary>To the session's page when it is done, which says so; else this one with what stood against it.</summary>
    /// <param name="id">The session.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="said">What was done, from the session as it is now; null where the page says it in another way.</param>
    /// <param name="tells">The others got an email about it.</param>
    protected async Task<IActionResult> AfterAsync(
        Guid id, SessionOutcome outcome, CancellationToken cancellationToken, Func<MentoringSession, string>? said = null,
        bool tells = false)
    {
        if (outcome is SessionOutcome.NotAllowed or SessionOutcome.NoSuchSession)
            return StatusCode(outcome.Status());
        if (outcome != SessionOutcome.Done)
            return await RefuseAsync(id, outcome.Text(), outcome.Status(), cancellationToken);
        if (said is not null && (await queries.FindAsync(id, Caller, cancellationToken)).Session is { } session)
            TempData.Good(said(session), tells ? Told.Of(session, Caller.UserId) : null);
        return Redirect($"/sessions/{id}");
    }
}
