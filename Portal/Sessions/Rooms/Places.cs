using Providers;

namespace Portal.Sessions.Rooms;

/// <summary>Where people meet that is no page in a browser.</summary>
public static class Places
{
    /// <summary>There is nothing to open: people are called, or go there.</summary>
    public static bool IsElsewhere(this MeetingPlace? place) => (place?.Kind).IsElsewhere();

    public static bool IsElsewhere(this MeetingPlaceKind? kind) => kind is MeetingPlaceKind.Phone or MeetingPlaceKind.Address;

    /// <summary>Of the present room; null for one on a page. The session's links must be loaded.</summary>
    public static MeetingPlace? Place(this MentoringSession session) =>
        session.Links.FirstOrDefault(l => l.RoomVersion == session.RoomVersion)?.Place;
}
