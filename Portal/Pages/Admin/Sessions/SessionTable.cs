using Portal.Sessions;

namespace Portal.Pages.Admin.Sessions;

/// <param name="TimeZone">The reader's.</param>
public sealed record SessionTable(IReadOnlyList<SessionListItem> Sessions, string TimeZone);
