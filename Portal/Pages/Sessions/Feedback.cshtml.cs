using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;
using Portal.Joining;
using Portal.Pages.Shared;
using Portal.People;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Booking;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;

namespace Portal.Pages.Sessions;

/// <summary>A mentee says how the session was.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class FeedbackModel(FeedbackService feedback, SessionQueries queries, SessionPolicy policy, TimeProvider clock)
    : SessionPageModel(queries, policy, clock)
{
    [BindProperty]
    public int? Rating { get; set; }

    [BindProperty]
    public string? Comment { get; set; }

    public static string Words(IStringLocalizer<UiText> texts, int rating) =>
        texts[string.Create(CultureInfo.InvariantCulture, $"FeedbackRating{rating}")];

    public string? Problem(string field) =>
        ModelState.TryGetValue(field, out var entry) ? entry.Errors.FirstOrDefault()?.ErrorMessage : null;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await LoadSeatAsync(id, cancellationToken) is { } refused)
            return refused;
        (Rating, Comment) = (Me!.Rating, Me.Feedback);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await LoadSeatAsync(id, cancellationToken) is { } refused)
            return refused;
        ModelState.Clear();
        // A browser counts a line break as one character and sends it as two.
        Comment = Comment?.ReplaceLineEndings("\n");
        ModelState.Add(FieldProblem.Of((nameof(Rating), SessionRules.Rating(Rating)), (nameof(Comment), SessionRules.Comment(Comment))));
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        var outcome = await feedback.GiveAsync(id, Rating!.Value, Comment, Caller, cancellationToken);
        if (!outcome.IsAllowed())
        {
            Response.StatusCode = outcome.Status();
            return Page();
        }
        TempData.Good(UiText.FeedbackThanks);
        return Redirect($"/sessions/{id}");
    }

    /// <summary>Null for a mentee who had a seat in it; others have nothing to say here.</summary>
    private async Task<IActionResult?> LoadSeatAsync(Guid id, CancellationToken cancellationToken) =>
        await LoadAsync(id, cancellationToken) is not null || Rights.GiveFeedback == SessionOutcome.NotAllowed ? NotFound() : null;
}
