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

    /// <summary>A link that works once, within five minutes.</summary>
    public async Task<Uri> OnceAsync(Guid participantId, short linkVersion, CancellationToken cancellationToken)
    {
        var (id, key) = await keys.CurrentAsync(cancellationToken);
        var pass = new JoinPass(id, participantId, linkVersion, clock.GetUtcNow().Add(JoinPass.Life), Guid.NewGuid());
        return address.To("join/once/" + pass.Write(key));
    }

    /// <summary>Null for anything that we did not sign.</summary>
    public async Task<JoinTicket?> ReadTicketAsync(string? text, CancellationToken cancellationToken) =>
        JoinTicket.TryRead(text, out var ticket)
        && await keys.FindAsync(ticket.KeyId, cancellationToken) is { } key
        && SignedText.IsSame(ticket.Write(key), text!) ? ticket : null;

    /// <summary>Null for anything that we did not sign; whether it has run out or was used is the caller's to check.</summary>
    public async Task<JoinPass?> ReadPassAsync(string? text, CancellationToken cancellationToken) =>
        JoinPass.TryRead(text, out var pass)
        && await keys.FindAsync(pass.KeyId, cancellationToken) is { } key
        && SignedText.IsSame(pass.Write(key), text!) ? pass : null;
}
