using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using Portal.Pages.Shared;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;

namespace Portal.Pages.Sessions;

/// <summary>A mentee says how the session was.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class FeedbackModel(FeedbackService feedback) : PageModel
{
    [BindProperty]
    public int? Rating { get; set; }

    [BindProperty]
    public string? Comment { get; set; }

    public SessionParticipant Part { get; private set; } = null!;

    public bool IsOpen => Part is { Session.State: SessionState.Completed, MissedUtc: null };

    public bool IsAhead => Part.Session.State.HoldsItsTime();

    public static string Words(IStringLocalizer<UiText> texts, int rating) =>
        texts[string.Create(CultureInfo.InvariantCulture, $"FeedbackRating{rating}")];

    public string? Problem(string field) => ModelState.TryGetValue(field, out var entry) ? entry.Errors.FirstOrDefault()?.ErrorMessage : null;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is { } refused)
            return refused;
        (Rating, Comment) = (Part.Rating, Part.Feedback);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await LoadAsync(id, cancellationToken) is { } refused)
            return refused;
        ModelState.Clear();
        if (Rating is not (>= 1 and <= FeedbackService.Best))
            ModelState.AddModelError(nameof(Rating), ErrorText.FeedbackRating);
        // A browser counts a line break as one character and sends it as two.
        Comment = Comment?.ReplaceLineEndings("\n");
        if (Comment?.Length > FeedbackService.LongestComment)
            ModelState.AddModelError(nameof(Comment), ErrorText.FeedbackTooLong.With(FeedbackService.LongestComment));
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        var outcome = await feedback.GiveAsync(id, Rating!.Value, Comment, Caller.From(User), cancellationToken);
        if (outcome != SessionOutcome.Done)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            return Page();
        }
        TempData.Good(UiText.FeedbackThanks);
        return Redirect($"/sessions/{id}");
    }

    /// <summary>Null for a mentee who had a seat in it; others have nothing to say here.</summary>
    private async Task<IActionResult?> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await feedback.FindAsync(id, Caller.From(User), cancellationToken) is not { } part)
            return NotFound();
        Part = part;
        return null;
    }
}
