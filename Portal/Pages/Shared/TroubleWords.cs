using Localization;
using Portal.Sessions.Rooms;

namespace Portal.Pages.Shared;

public static class TroubleWords
{
    public static string Of(TroubleKind kind) => kind switch
    {
        TroubleKind.LinkMissing => UiText.TroubleLinkMissing,
        TroubleKind.PlaceMissing => UiText.TroublePlaceMissing,
        TroubleKind.ProviderNotReady => UiText.TroubleProviderNotReady,
        TroubleKind.ServerUnreachable => UiText.TroubleServerUnreachable,
        _ => UiText.TroubleMeetingMissing,
    };
}
