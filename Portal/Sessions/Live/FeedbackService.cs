using Portal.People;
using Portal.Sessions.Changes;

namespace Portal.Sessions.Live;

/// <summary>What a mentee says about a session that took place. It can be changed as often as they like.</summary>
public sealed class FeedbackService(SessionChanges changes)
{
    public Task<SessionOutcome> GiveAsync(
        Guid sessionId, int rating, string? comment, Caller caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, session =>
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(SessionRules.Rating(rating) is null, true);
            var verdict = changes.RightsOf(session, caller).GiveFeedback;
            if (!verdict.IsAllowed())
                return Task.FromResult(verdict);
            var person = session.SeatOf(caller.UserId)!;
            person.Rating = (short)rating;
            person.Feedback = FreeText.Lines(comment) is { Length: > 0 } text ? text : null;
            return Task.FromResult(SessionOutcome.Done);
        }, cancellationToken);
}
