using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Data;
using Portal.People;
using Portal.Sessions.Changes;

namespace Portal.Sessions.Notes;

/// <summary>
/// Keeps what people write to everybody in the meeting, where the setting says so. Each page tells what its own person wrote: so nobody
/// is guessed by name, and nobody writes in another's name.
/// </summary>
public sealed class ChatKeeping(PortalDbContext db, IOptions<JoinOptions> policy, TimeProvider clock)
{
    public bool IsOn => policy.Value.KeepsChat;

    /// <param name="sessionId">The session.</param>
    /// <param name="participantId">Whose room cookie it came with.</param>
    /// <param name="text">As typed.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<SessionOutcome> AddAsync(Guid sessionId, Guid participantId, string? text, CancellationToken cancellationToken)
    {
        if (!IsOn)
            return SessionOutcome.TooLate;
        var line = FreeText.Lines(text);
        if (line.Length == 0 || FreeText.Check(line, ChatLine.MaxText) is not null)
            return SessionOutcome.Unreadable;
        if (await db.ChatLines.CountAsync(c => c.SessionId == sessionId, cancellationToken) >= ChatLine.MaxLines)
            return SessionOutcome.TooMuch;
        db.ChatLines.Add(new() { SessionId = sessionId, ParticipantId = participantId, Text = line, AtUtc = clock.GetUtcNow() });
        await db.SaveChangesAsync(cancellationToken);
        return SessionOutcome.Done;
    }
}
