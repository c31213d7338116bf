using Portal.Settings;

namespace Portal.Tickets;

/// <summary>Writes and reads the links that people join with.</summary>
public sealed class JoinLinks(TicketKeys keys, PublicAddress address, TimeProvider clock)
{
    public async Task<Uri> ForAsync(Guid participantId, short linkVersion, CancellationToken cancellationToken)
    {
        var (id, key) = await keys.CurrentAsync(cancellationToken);
        return address.To("join/" + new JoinTicket(id, participantId, linkVersion).Write(key));
    }

    /// <summary>A link that works once, within five minutes, for a person with an account.</summary>
    public async Task<Uri> OnceAsync(
        Guid sessionId, Guid userId, Guid participantId, short linkVersion, CancellationToken cancellationToken)
    {
        var (id, key) = await keys.CurrentAsync(cancellationToken);
        var expires = clock.GetUtcNow().Add(JoinPass.Life);
        var pass = new JoinPass(sessionId, userId, participantId, linkVersion, expires, Guid.NewGuid());
        return address.To("join/once/" + pass.Write(id, key));
    }

    /// <summary>Null for anything that we did not sign.</summary>
    public async Task<JoinTicket?> ReadTicketAsync(string? text, CancellationToken cancellationToken) =>
        JoinTicket.TryRead(text, out var ticket)
        && await keys.FindAsync(ticket.KeyId, cancellationToken) is { } key
        && SignedText.IsSame(ticket.Write(key), text!) ? ticket : null;

    /// <summary>Null for anything that we did not sign; whether it has run out or was used is the caller's to check.</summary>
    public Task<JoinPass?> ReadPassAsync(string? text, CancellationToken cancellationToken) =>
        JoinPass.ReadAsync(text, id => keys.FindAsync(id, cancellationToken));
}
