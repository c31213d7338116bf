using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Joining;
using Portal.Pages.Shared;
using Portal.People;
using Portal.Security;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Rooms;
using Providers;

namespace Portal.Pages.Join;

/// <summary>What both doors share: the mailed link and the pass of a program. A GET shows, a POST enters.</summary>
public abstract class JoinPage(RoomCookie cookie, TimeProvider clock) : PageModel
{
    public JoinView Look { get; private set; } = JoinView.Unknown;

    /// <summary>True after the person has pressed the button: only then does the page go on by itself.</summary>
    public bool Pressed { get; private set; }

    /// <summary>Shown to who pressed, where there is nothing to open.</summary>
    public MeetingPlace? Place { get; private set; }

    /// <summary>Numbers to call, shown only to who was let in.</summary>
    public DialIn? DialIn { get; private set; }

    /// <summary>About coming late; null where that is no subject.</summary>
    public LateNews? Late { get; protected set; }

    /// <summary>Why what was asked for besides joining was not done.</summary>
    public string? Refusal { get; protected set; }

    /// <summary>Somebody said that something does not work, and it is on its way.</summary>
    [BindProperty(SupportsGet = true, Name = "told")]
    public bool Told { get; set; }

    /// <summary>Where that is said; null on a page that no link leads to.</summary>
    public SayTroubleModel? Trouble => Look.Person is { } person && LiveAddress is not null
        && Look.Decision is not (JoinDecision.Revoked or JoinDecision.NotParticipant)
            ? new("?handler=Trouble", Antiforgery: false, person.Email is { Length: > 0 }) : null;

    /// <summary>The topic and the other people are for somebody who is signed in as this participant.</summary>
    public bool ShowDetails => Look.Person is { UserId: { } id } && id == User.UserId();

    /// <summary>Long before: the button is not what one came for.</summary>
    public bool IsFarAhead => Look.Decision == JoinDecision.TooEarly && SecondsToOpening > 60 * 60;

    /// <summary>Where the page hears that the door says something else; null where it has to ask.</summary>
    public string? LiveAddress => RouteData.Values["ticket"] is string ticket ? $"/join/{ticket}/live" : null;

    /// <summary>"in 23 hours"</summary>
    public string OpensIn => Spans.Relative(Look.OpensAt, clock.GetUtcNow());

    public int SecondsToOpening => (int)Math.Ceiling(Math.Max(0, (Look.OpensAt - clock.GetUtcNow()).TotalSeconds));

    protected PageResult Show(JoinView view)
    {
        Look = view;
        Respond(view.Decision.PageStatus());
        return Page();
    }

    /// <param name="outcome">Of the press.</param>
    /// <param name="byPhone">The person wants to call instead of opening the meeting.</param>
    protected IActionResult Enter(JoinOutcome outcome, bool byPhone = false)
    {
        Look = outcome.View;
        Pressed = true;
        DialIn = byPhone && outcome.Target is RedirectTarget or EmbedTarget ? DialInText.Read(Look.Person!.DialIn) : null;
        if (DialIn is not null)
            return Show(Look);
        Place = (outcome.Target as PlaceTarget)?.Place;
        switch (outcome.Target)
        {
            case RedirectTarget redirect:
                return SeeOther(redirect.Url.AbsoluteUri);
            case EmbedTarget:
                cookie.Set(HttpContext, outcome.View);
                return SeeOther(RoomCookie.PathOf(outcome.View.Person!.SessionId));
            default:
                // A guest who pressed without a name gets the form again as one that was not filled in.
                Respond(Look.Decision is JoinDecision.NameNeeded or JoinDecision.ConsentNeeded
                    ? Look.Decision.Status() : Look.Decision.PageStatus());
                return Page();
        }
    }

    private void Respond(int status)
    {
        Response.StatusCode = status;
        HttpContext.AllowFormToLeave();
        Response.Headers.CacheControl = "no-store";
        if (Look.Decision.RetryAfter(clock.GetUtcNow(), Look.OpensAt) is { } wait)
            Response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        // A mailed link opens in the language of the mail, unless this browser was told another one. A link that was passed on
        // was made in its maker's language, which says nothing about its reader's.
        if (Look.Person is { IsPassedOn: false } person)
            HttpContext.Items["ReaderLanguage"] = person.Language;
    }

    protected StatusCodeResult SeeOther(string location)
    {
        Response.Headers.CacheControl = "no-store";
        Response.Headers.Location = location;
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}
