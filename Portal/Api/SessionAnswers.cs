using Providers;

namespace Portal.Api;

/// <summary>A session that was booked; the link is the caller's own and stays the same through every change.</summary>
/// <param name="Id">The session's; the first one's of a series.</param>
/// <param name="JoinUrl">Absent while the caller is on a waiting list.</param>
/// <param name="State"><c>confirmed</c>, <c>requested</c> (the mentor answers) or <c>waiting</c> (for a seat).</param>
public sealed record BookedAnswer(Guid Id, string? JoinUrl, string State);

/// <param name="Until">When the session now ends.</param>
public sealed record ExtendedAnswer(DateTimeOffset Until);

/// <param name="Id">The participant's.</param>
/// <param name="JoinUrl">The person's own link, for whoever invites without an address; else it is in the mail alone.</param>
/// <param name="Until">When the person's access ends; absent: when the session does.</param>
public sealed record InvitedAnswer(Guid Id, string? JoinUrl, DateTimeOffset? Until = null);

/// <summary>A session of the caller's; times in UTC.</summary>
/// <param name="Sequence">Rises with every change.</param>
/// <param name="ProposedStart">Another time that somebody has proposed.</param>
/// <param name="Place">Absent for a meeting on a page.</param>
public sealed record SessionItem(
    Guid Id, string Topic, string State, DateTimeOffset Start, DateTimeOffset End, string TimeZone, string Role, string? JoinUrl,
    PersonItem[] Participants, int Sequence, string? Kind, Guid? SeriesId, DateTimeOffset? ProposedStart, PlaceItem? Place = null);

/// <summary>How people meet elsewhere than on a page.</summary>
/// <param name="Kind"><c>phone</c>, <c>address</c> or <c>app</c> (a call in an app that the join link opens).</param>
/// <param name="Text">The number as it is dialled, the address, or the app's name.</param>
public sealed record PlaceItem(string Kind, string Text)
{
    internal static PlaceItem? Of(MeetingPlace? place) =>
        place is null ? null : new(JsonWord.Of(place.Kind), place.Text);
}

/// <summary>Somebody in a session.</summary>
/// <param name="Until">Of a guest or an observer: when their access ends, where that is before the session does.</param>
public sealed record PersonItem(Guid Id, string Name, string Role, DateTimeOffset? Until = null);
