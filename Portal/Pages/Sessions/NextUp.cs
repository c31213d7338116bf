using Portal.Pages.Shared;

namespace Portal.Pages.Sessions;

/// <summary>The session that comes first, at the top of the list.</summary>
/// <param name="Card">What it is.</param>
/// <param name="Link">To its page.</param>
/// <param name="Said">"Open now", "in 3 hours".</param>
/// <param name="IsOpen">One press leads in.</param>
/// <param name="OpensIn">Seconds until one press will lead in; 0 once it does.</param>
/// <param name="Join">The address that one press is sent to; null for who has no link of their own.</param>
public sealed record NextUp(SessionCardModel Card, string Link, string Said, bool IsOpen, int OpensIn, string? Join);
