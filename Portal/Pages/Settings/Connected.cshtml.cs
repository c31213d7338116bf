using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Mentors;
using Portal.Pages.Shared;
using Portal.People;

namespace Portal.Pages.Settings;

/// <summary>Where a tool's consent page sends a mentor back to. Coming back changes nothing yet; the button does.</summary>
[Authorize(Roles = Roles.Mentor)]
public sealed class ConnectedModel(MentorConnections connections) : PageModel
{
    public string? State { get; private set; }

    public string? Code { get; private set; }

    public string? Refusal { get; private set; }

    public void OnGet(string? state, string? code)
    {
        // It is as good as a password until it is redeemed.
        Response.Headers.CacheControl = "no-store";
        (State, Code) = (state, code);
        if (string.IsNullOrEmpty(code))
            Refusal = UiText.ToolConnectDenied;
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? state, [FromForm] string? code, CancellationToken cancellationToken)
    {
        Refusal = await connections.FinishAsync(User.UserId()!.Value, User.DeviceId(), state, code, cancellationToken);
        if (Refusal is null)
        {
            TempData.Good(UiText.ToolConnected);
            return Redirect("/settings/tool");
        }
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
