using Portal.Settings;

namespace Portal.Joining;

/// <summary>The address that a person joins by.</summary>
public sealed class JoinLinks(PublicAddress address)
{
    public Task<Uri> ForAsync(Guid participantId, short linkVersion, CancellationToken cancellationToken) =>
        Task.FromResult(address.To($"join/{participantId:N}-{linkVersion}"));
}
