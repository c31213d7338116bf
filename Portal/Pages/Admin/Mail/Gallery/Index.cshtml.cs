using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.People;

namespace Portal.Pages.Admin.Mail.Gallery;

[Authorize(Roles = Roles.Admin)]
public sealed class IndexModel : PageModel;
