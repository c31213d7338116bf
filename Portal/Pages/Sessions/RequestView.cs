using Portal.Sessions;

namespace Portal.Pages.Sessions;

/// <summary>The form that answers a request.</summary>
/// <param name="Session">The request.</param>
/// <param name="Zone">The reader's.</param>
/// <param name="DeclineReason">As typed.</param>
public sealed record RequestView(MentoringSession Session, string Zone, string? DeclineReason = null);
