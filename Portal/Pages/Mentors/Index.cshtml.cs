using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Portal.Sessions;

namespace Portal.Pages.Mentors;

[Authorize]
public sealed class IndexModel(MentorCalendar calendar) : PageModel
{
    public IReadOnlyList<MentorCard> Mentors { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Mentors = await calendar.MentorsAsync(cancellationToken);
}
