using Portal.Sessions;
using Portal.Sessions.Live;
using Portal.Sessions.Recordings;

namespace Portal.Joining;

/// <summary>From the row that was read to the decision.</summary>
public sealed partial class JoinService
{
    private async Task<JoinView> ViewAsync(
        JoinPerson? person, short? linkVersion, ConsentWord? answer, CancellationToken cancellationToken)
    {
        if (person is null)
            return JoinView.Unknown;
        person = person with { MayBeRecorded = !person.IsElsewhere && consents.MayBeRecorded(person.Tool, person.ToolChoices) };
        // What somebody answers counts at once; it is saved with the join.
        var said = person.MayBeRecorded && answer is { } word && word.Answer != person.RecordingAnswer
            ? word.Made(person.SessionId, person.ParticipantId, clock.GetUtcNow()) : null;
        person = said is null ? person : person with { RecordingAnswer = said.Answer };
        var now = clock.GetUtcNow();
        var decision = JoinRules.Decide(person, linkVersion, now, policy.Value);
        if (decision == JoinDecision.WaitingForMentor)
        {
            person = await WithGatheringAsync(person, cancellationToken);
            decision = JoinRules.Decide(person, linkVersion, now, policy.Value);
        }
        return new(decision, person, JoinRules.OpensAt(person.Start, policy.Value), JoinRules.ClosesAt(person, policy.Value))
        {
            Said = decision is JoinDecision.Open or JoinDecision.NameNeeded || decision.IsWaiting() ? said : null,
        };
    }

    /// <summary>At the session's present time: who came early to another one has not opened the room of this one.</summary>
    private async Task<JoinPerson> WithGatheringAsync(JoinPerson person, CancellationToken cancellationToken)
    {
        var since = SessionDoor.CountsFrom(person.Start, person.TimeSet, policy.Value);
        var seen = await gatherings.ReadAsync(person.SessionId, since, cancellationToken);
        return person with
        {
            MentorHasJoined = seen.MentorHasJoined,
            WaitsSinceUtc = seen.Waited.TryGetValue(person.ParticipantId, out var at) ? at : null,
        };
    }
}
