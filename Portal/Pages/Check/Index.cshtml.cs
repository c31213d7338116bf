using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.ProviderHost;
using Portal.Security;

namespace Portal.Pages.Check;

/// <summary>
/// Camera, microphone, speaker and line, tried in the browser; nothing of it is sent anywhere. Where meetings are, people with an account
/// are told alone.
/// </summary>
[AllowAnonymous]
public sealed class IndexModel(MeetingProviders providers) : PageModel
{
    /// <summary>Meeting servers to try.</summary>
    public IReadOnlyList<string> Servers { get; private set; } = [];

    public void OnGet()
    {
        if (User.Identity?.IsAuthenticated == true && providers.DefaultTool is { } tool)
            Servers = providers.Embedding(tool)?.Embedding.Origins ?? [];
        HttpContext.AllowDevices(Servers);
    }
}
