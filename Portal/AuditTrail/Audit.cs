using Portal.Data;

namespace Portal.AuditTrail;

/// <summary>The trail of who did what to what.</summary>
public static class Audit
{
    /// <summary>In the unit of work: the entry is saved with the change that it tells about.</summary>
    /// <param name="db">Of the change.</param>
    /// <param name="now">When.</param>
    /// <param name="actor">Null for a program with an API key, and for the command line.</param>
    /// <param name="action">Such as <c>session.cancel</c>; one of <see cref="AuditKinds"/>.</param>
    /// <param name="subject">Such as <c>session:</c> and its id.</param>
    /// <param name="details">Before and after (<see cref="AuditChanges"/>), or a few words. Nothing that a person wrote.</param>
    public static void Note(PortalDbContext db, DateTimeOffset now, Guid? actor, string action, string subject, string? details = null) =>
        db.AuditEntries.Add(new() { AtUtc = now, ActorId = actor, Action = action, Subject = subject, Details = details });
}
