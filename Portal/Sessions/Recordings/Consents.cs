using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.People;
using Portal.ProviderHost;
using Portal.Sessions.Changes;
using Portal.Sessions.Live;
using Portal.Sessions.Rooms;

namespace Portal.Sessions.Recordings;

/// <summary>Whether people are asked, and what they say after they have come in. At the door, the answer is saved with the join.</summary>
public sealed class Consents(
    PortalDbContext db, SessionChanges changes, MeetingProviders providers, IOptions<RecordingOptions> options, TimeProvider clock)
{
    public bool AreAsked => options.Value.AsksConsent;

    /// <param name="tool">Whose meeting it is.</param>
    /// <param name="choices">The mentor's, for all tools, as stored.</param>
    public bool MayBeRecorded(ToolAccount tool, string? choices) =>
        AreAsked && tool.ProviderId is not "" && providers.MayRecord(tool, MentorChoices.Of(choices, tool.ProviderId));

    /// <summary>The same of a session's room as it is now.</summary>
    public async Task<bool> MayBeRecordedAsync(MentoringSession session, CancellationToken cancellationToken)
    {
        if (!AreAsked)
            return false;
        var link = await db.MeetingLinks.Where(l => l.SessionId == session.Id && l.RoomVersion == session.RoomVersion)
            .Select(l => new
            {
                l.ProviderAccount.ProviderId,
                l.ProviderAccountId,
                Choices = db.MentorProfiles.Where(m => m.UserId == session.MentorId).Select(m => m.ToolChoices).FirstOrDefault(),
            }).FirstOrDefaultAsync(cancellationToken);
        return link is not null && MayBeRecorded(new(link.ProviderId, link.ProviderAccountId), link.Choices);
    }

    /// <summary>For somebody who is signed in.</summary>
    public Task<SessionOutcome> SayAsync(Guid sessionId, ConsentWord word, Caller caller, CancellationToken cancellationToken) =>
        SayAsync(sessionId, p => p.UserId is { } id && id == caller.UserId, word, caller, cancellationToken);

    /// <summary>For somebody whom the room was opened to.</summary>
    public Task<SessionOutcome> SayAsync(Guid sessionId, Guid participantId, ConsentWord word, CancellationToken cancellationToken) =>
        SayAsync(sessionId, p => p.Id == participantId, word, null, cancellationToken);

    private Task<SessionOutcome> SayAsync(
        Guid sessionId, Func<SessionParticipant, bool> who, ConsentWord word, Caller? caller, CancellationToken cancellationToken) =>
        changes.RunAsync(sessionId, session =>
        {
            if (session.Participants.FirstOrDefault(p => who(p) && p.IsIn) is not { } person)
                return Task.FromResult(SessionOutcome.NotAllowed);
            if (person.RecordingAnswer == word.Answer)
                return Task.FromResult(SessionOutcome.Done);
            person.RecordingAnswer = word.Answer;
            db.RecordingConsents.Add(word.Made(session.Id, person.Id, clock.GetUtcNow()));
            // The others' pages look at the session's records to see that something changed.
            changes.Log(session, MeetingEventKind.ConsentSaid, person.Id, new { answer = $"{word.Answer}" });
            return Task.FromResult(SessionOutcome.Done);
        }, cancellationToken);
}
