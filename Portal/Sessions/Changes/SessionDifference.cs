using System.Globalization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Portal.AuditTrail;
using Portal.Data;

namespace Portal.Sessions.Changes;

/// <summary>What a unit of work changes about a session, as the audit trail keeps it: times and states, no words of people.</summary>
internal static class SessionDifference
{
    private static readonly string[] OfSession =
    [
        nameof(MentoringSession.State), nameof(MentoringSession.StartUtc), nameof(MentoringSession.LengthMinutes),
        nameof(MentoringSession.ProposedStartUtc), nameof(MentoringSession.ExternalMeetingUrl),
    ];

    private static readonly string[] OfPerson = [nameof(SessionParticipant.WithdrawnUtc), nameof(SessionParticipant.MissedUtc)];

    /// <param name="db">That tracks the session and its people.</param>
    /// <param name="session">Changed, and not saved.</param>
    /// <param name="participant">Whom the change is about, where it is known; else who was changed, if it is one.</param>
    public static AuditChanges Of(PortalDbContext db, MentoringSession session, Guid? participant)
    {
        var people = session.Participants.Select(p => (Person: p, Changes: Between(db.Entry(p), OfPerson)))
            .Where(p => p.Changes.Count > 0).ToList();
        List<AuditChange> all = [.. Between(db.Entry(session), OfSession), .. people.SelectMany(p => p.Changes).DistinctBy(c => c.Name)];
        // A new room or a new link says something only where nothing else does: most changes make them.
        if (all.Count == 0)
            all = participant is null ? Between(db.Entry(session), [nameof(MentoringSession.RoomVersion)])
                : [.. session.Participants.Where(p => p.Id == participant)
                    .SelectMany(p => Between(db.Entry(p), [nameof(SessionParticipant.LinkVersion)]))];
        return new(all, participant ?? (people.Count == 1 ? people[0].Person.Id : null));
    }

    private static List<AuditChange> Between(EntityEntry entry, string[] names) =>
    [
        .. from name in names
           let property = entry.Property(name)
           let before = Text(name, property.OriginalValue)
           let after = Text(name, property.CurrentValue)
           where !Equals(property.OriginalValue, property.CurrentValue)
           select new AuditChange(name, before, after),
    ];

    private static string Text(string name, object? value) => value switch
    {
        null => "",
        DateTimeOffset at => at.ToString("o", CultureInfo.InvariantCulture),
        _ when name == nameof(MentoringSession.ExternalMeetingUrl) => AuditChanges.Masked,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
