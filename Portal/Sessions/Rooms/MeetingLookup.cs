using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.ProviderHost;
using Providers;

namespace Portal.Sessions.Rooms;

/// <summary>Whether a meeting is still at its tool: somebody may have deleted it there.</summary>
public sealed class MeetingLookup(
    PortalDbContext db, RemoteMeetings remote, MentorToolAccounts accounts, TimeProvider clock, ILogger<MeetingLookup> log)
{
    /// <summary>True when it is gone; then another one is made by the job, for the same room version: nobody was ever in it.</summary>
    public async Task<bool> IsGoneAsync(MeetingLink link, Guid mentorId, CancellationToken cancellationToken)
    {
        var tool = link.ProviderAccount.ProviderId;
        if (!remote.CanLookUp(link.ProviderAccount)
            || await accounts.HandleAsync(link, mentorId, cancellationToken) is not { } handle)
            return false;
        try
        {
            if (await remote.ExistsAsync(link.ProviderAccount, handle, cancellationToken))
                return false;
        }
        catch (ProviderException)
        {
            // Whether the tool can be used at all, the check says.
            return false;
        }
        log.LogWarning("The meeting of session {Session} is gone at {Provider}; another one is made", link.SessionId, tool);
        var now = clock.GetUtcNow();
        return await db.MeetingLinks.Where(l => l.Id == link.Id && l.State == MeetingLinkState.Ready && l.Handle == link.Handle)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.State, MeetingLinkState.Pending)
                .SetProperty(l => l.Handle, (string?)null).SetProperty(l => l.ToolKey, (string?)null)
                .SetProperty(l => l.DialIn, (string?)null).SetProperty(l => l.DueUtc, now)
                .SetProperty(l => l.CreatedUtc, now), cancellationToken) > 0;
    }
}
