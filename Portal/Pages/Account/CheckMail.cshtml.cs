using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Portal.Pages.Account;

[AllowAnonymous]
public sealed class CheckMailModel : PageModel;
