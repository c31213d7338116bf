using System.Globalization;
using Portal.ProviderHost;
using Portal.Sessions;
using Portal.Sessions.Rooms;

namespace Portal.Pages.Sessions;

/// <summary>Where a session takes place, and what would keep people from meeting there; for the mentor and administrators.</summary>
/// <param name="Session">The session.</param>
/// <param name="Zone">The reader's.</param>
/// <param name="Troubles">That are not solved yet.</param>
/// <param name="DefaultTool">The name of the tool that the session can be moved to in one step; null when it is there already.</param>
public sealed record RoomView(MentoringSession Session, string Zone, IReadOnlyList<SessionTrouble> Troubles, string? DefaultTool)
{
    public string? RoomUrl { get; init; }

    public static async Task<RoomView> ReadAsync(
        SessionPageModel page, DateTimeOffset now, SessionQueries queries, MeetingProviders providers, CancellationToken cancellationToken)
    {
        var session = page.Session;
        var troubles = session.StartUtc > now ? await queries.TroublesAsync(session.Id, cancellationToken) : [];
        if (troubles.Count == 0 || providers.DefaultTool is not { } tool || !providers.CanBeChosen(tool)
            || session.Links.Any(l => l.ProviderAccount.ProviderId == tool))
            return new(session, page.ReaderZone, troubles, null);
        return new(session, page.ReaderZone, troubles, providers.Find(tool)?.NameIn(CultureInfo.CurrentUICulture.Name));
    }
}
