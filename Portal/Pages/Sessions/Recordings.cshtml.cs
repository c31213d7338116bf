using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Recordings;

namespace Portal.Pages.Sessions;

/// <summary>Recordings of a session, and the reader's own word on being recorded.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class RecordingsModel(
    SessionRecordings recordings, Consents consents, SessionQueries queries, SessionPolicy policy, TimeProvider clock)
    : SessionPageModel(queries, policy, clock)
{
    public RecordingsView? Form { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken) =>
        await LoadAsync(id, cancellationToken) ?? (Form is null ? StatusCode(StatusCodes.Status403Forbidden) : Page());

    public async Task<IActionResult> OnPostLinkAsync(Guid id, string? link, CancellationToken cancellationToken) =>
        await AfterAsync(id, await recordings.AddLinkAsync(id, link, Caller, cancellationToken), cancellationToken,
            _ => UiText.RecordingAdded);

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, Guid recording, CancellationToken cancellationToken) =>
        ModelState.IsValid
            ? await AfterAsync(id, await recordings.DeleteAsync(id, recording, Caller, cancellationToken), cancellationToken,
                _ => UiText.RecordingDeleted)
            : NotFound();

    public async Task<IActionResult> OnPostConsentAsync(Guid id, string? recording, CancellationToken cancellationToken) =>
        ConsentWord.Read(recording) is { } word
            ? await AfterAsync(id, await consents.SayAsync(id, word, Caller, cancellationToken), cancellationToken,
                _ => UiText.ConsentSaved)
            : await RefuseAsync(id, ErrorText.JoinConsentNeeded, StatusCodes.Status400BadRequest, cancellationToken);

    protected override async Task ReadMoreAsync(CancellationToken cancellationToken) =>
        Form = await RecordingsView.ReadAsync(this, recordings, consents, cancellationToken);
}
