using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Portal.Pages.Account;

[AllowAnonymous]
public sealed class CheckMailModel : PageModel
{
    /// <summary>Kept beside the address of this page, which is no place for somebody's own.</summary>
    public const string ToKey = "CheckMailTo";

    [BindProperty(SupportsGet = true, Name = "for")]
    public string? For { get; set; }

    public bool IsPassword => For == "password";

    /// <summary>Where the mail went; null for whoever came here by another way.</summary>
    public string? To => TempData.Peek(ToKey) as string;
}
