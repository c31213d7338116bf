using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Portal.Pages.Account;

[AllowAnonymous]
public sealed class CheckMailModel : PageModel
{
    [BindProperty(SupportsGet = true, Name = "for")]
    public string? For { get; set; }

    public bool IsPassword => For == "password";
}
