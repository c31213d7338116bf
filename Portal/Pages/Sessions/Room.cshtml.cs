using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Portal.Mentors;
using Portal.Pages.Shared;
using Portal.People;
using Portal.ProviderHost;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Changes;
using Portal.Sessions.Rooms;

namespace Portal.Pages.Sessions;

/// <summary>Another room for a session.</summary>
[Authorize, EnableRateLimiting(RateLimits.Booking)]
public sealed class RoomModel(
    SessionRooms rooms, MentorTool tool, MeetingProviders providers, SessionQueries queries, SessionPolicy policy, TimeProvider clock)
    : SessionFormModel(queries, policy, clock)
{
    private readonly SessionQueries _queries = queries;

    [BindProperty, Display(ResourceType = typeof(UiText), Name = nameof(UiText.RoomUrl))]
    public string? RoomUrl { get; set; }

    public RoomView Form { get; private set; } = null!;

    public override SessionOutcome Right => Rights.ChangeRoom;

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        var check = tool.CheckUrl(RoomUrl);
        if (check.Url?.AbsoluteUri is { } url)
            return await AfterAsync(id, await rooms.SwitchRoomAsync(id, url, Caller, cancellationToken), cancellationToken,
                Changed, tells: true);
        ModelState.Clear();
        ModelState.Add([new FieldProblem(nameof(RoomUrl), check.Refusal ?? ErrorText.FieldMissing)]);
        return await ShowAsync(id, StatusCodes.Status400BadRequest, cancellationToken);
    }

    public async Task<IActionResult> OnPostBackAsync(Guid id, CancellationToken cancellationToken) =>
        await AfterAsync(id, await rooms.SwitchRoomAsync(id, null, Caller, cancellationToken), cancellationToken, Changed, tells: true);

    public async Task<IActionResult> OnPostDefaultToolAsync(Guid id, CancellationToken cancellationToken) =>
        await AfterAsync(id, await rooms.UseDefaultToolAsync(id, Caller, cancellationToken), cancellationToken, Changed, tells: true);

    private static string Changed(MentoringSession session) => UiText.DoneRoom;

    protected override async Task ReadMoreAsync(CancellationToken cancellationToken) =>
        Form = await RoomView.ReadAsync(this, Now, _queries, providers, cancellationToken) with { RoomUrl = RoomUrl };
}
