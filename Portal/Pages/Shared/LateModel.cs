using Portal.Sessions.Live;

namespace Portal.Pages.Shared;

/// <summary>The box about coming late, on the door and on the session's page.</summary>
/// <param name="Action">Where the form goes.</param>
/// <param name="Antiforgery">False where the address itself is the proof.</param>
public sealed record LateModel(LateNews News, string TimeZone, string Action, bool Antiforgery);
