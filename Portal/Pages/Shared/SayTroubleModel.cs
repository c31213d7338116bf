using Localization;

namespace Portal.Pages.Shared;

/// <summary>The form of "something does not work", for whichever page shows it.</summary>
/// <param name="Action">Where it goes.</param>
/// <param name="Antiforgery">False where a link or the room's cookie proves who sends it.</param>
/// <param name="HasMail">The answer can reach them.</param>
public sealed record SayTroubleModel(string Action, bool Antiforgery, bool HasMail)
{
    public string Sent => HasMail ? UiText.SayTroubleSent : UiText.SayTroubleSentOnly;
}
