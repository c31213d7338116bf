namespace Portal.Sessions.Live;

/// <summary>Who came to a session, as one of its people may see it.</summary>
/// <param name="Arrivals">From the opening of the door on; empty before.</param>
/// <param name="Missing">The people whom the reader may record as missing, now or from <paramref name="MissingFrom"/> on.</param>
/// <param name="MissingFrom">After the grace period, and after what one of them announced.</param>
public sealed record Presence(IReadOnlyList<Arrival> Arrivals, IReadOnlyList<SessionParticipant> Missing, DateTimeOffset MissingFrom)
{
    public static readonly Presence Unseen = new([], [], default);
}
