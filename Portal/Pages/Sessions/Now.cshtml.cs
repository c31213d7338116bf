using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Pages.Shared;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Booking;

namespace Portal.Pages.Sessions;

/// <summary>A mentor opens a meeting at once.</summary>
[Authorize(Roles = Roles.Mentor), EnableRateLimiting(RateLimits.Booking)]
public sealed class NowModel(InstantService instant) : PageModel
{
    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.BookTopic))]
    public string? Topic { get; set; }

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.InstantMinutes))]
    public int Minutes { get; set; } = 60;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        ModelState.Add(FieldProblem.Of(
            (nameof(Topic), SessionRules.Topic(Topic)), (nameof(Minutes), SessionRules.InstantMinutes(Minutes))));
        if (!ModelState.IsValid)
            return Again(StatusCodes.Status400BadRequest);
        var result = await instant.OpenAsync(User.UserId()!.Value, Topic!, Minutes, cancellationToken);
        if (result.Session is { } session)
            return Redirect($"/sessions/{session.Id}");
        ModelState.AddModelError("", result.Outcome == BookingOutcome.Taken ? ErrorText.NotNowFree : result.Outcome.Text());
        return Again(result.Outcome.Status());
    }

    private PageResult Again(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
