using Portal.People;
using Portal.Sessions.Changes;

namespace Portal.Sessions.Live;

/// <summary>The mentor lets in who waits: one person, or everybody who waits at that moment.</summary>
public sealed class Admission(SessionChanges changes, Gatherings gatherings, TimeProvider clock)
{
    /// <param name="sessionId">The session.</param>
    /// <param name="participantId">One person; null: everybody who waits.</param>
    /// <param name="caller">The mentor or an administrator.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<SessionOutcome> AdmitAsync(
        Guid sessionId, Guid? participantId, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, async session =>
        {
            var right = changes.RightsOf(session, caller).Admit;
            if (!right.IsAllowed())
                return right;
            var named = session.Participants.FirstOrDefault(p => p.Id == participantId && p.IsIn);
            if (participantId is not null && named is null)
                return SessionOutcome.NoSuchSession;
            var waiting = (await gatherings.OfAsync(session, cancellationToken)).Waiting.Select(w => w.Person).ToList();
            // Said twice, it is done once: who was let in waits no more.
            foreach (var person in named is null ? waiting : waiting.Where(p => p == named))
            {
                person.AdmittedUtc = clock.GetUtcNow();
                changes.Log(session, MeetingEventKind.Admitted, person.Id, new { by = caller.UserId });
            }
            return SessionOutcome.Done;
        }, cancellationToken);
}
