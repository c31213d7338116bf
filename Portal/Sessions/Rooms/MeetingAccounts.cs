using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.ProviderHost;
using Providers;

namespace Portal.Sessions.Rooms;

/// <summary>Whose settings a meeting uses, and what its mentor decided and connected.</summary>
internal static class MeetingAccounts
{
    /// <summary>The one that the mentor was given, where it is one of this tool's and in use; else the tool's default.</summary>
    public static async Task<ProviderAccount> AccountAsync(
        this PortalDbContext db, string tool, Guid? given, CancellationToken cancellationToken) =>
        await db.ProviderAccounts.Where(a => a.ProviderId == tool && (a.IsDefault || a.Id == given && !a.IsDisabled))
            .OrderBy(a => a.Id == given && !a.IsDisabled ? 0 : 1).FirstOrDefaultAsync(cancellationToken)
        ?? await db.ProviderAccounts.FirstAsync(a => a.IsDefault, cancellationToken);

    /// <summary>What a tool gets back of its meeting, with the account that the mentor connected; null where none was made.</summary>
    public static async Task<MeetingHandle?> HandleAsync(
        this MentorToolAccounts accounts, MeetingLink link, Guid mentorId, CancellationToken cancellationToken) =>
        MeetingRequests.HandleOf(link) is { } handle
            ? handle with { MentorAccount = await accounts.SecretAsync(mentorId, link.ProviderAccountId, cancellationToken) } : null;

    /// <summary>The request with what only the mentor can give.</summary>
    public static async Task<MeetingRequest> WithMentorAsync(
        this PortalDbContext db, MeetingRequest request, MeetingLink link, MentorToolAccounts accounts, CancellationToken cancellationToken)
    {
        var stored = await db.MentorProfiles.Where(m => m.UserId == link.Session.MentorId).Select(m => m.ToolChoices)
            .FirstOrDefaultAsync(cancellationToken);
        return request with
        {
            Choices = MentorChoices.Of(stored, link.ProviderAccount.ProviderId),
            MentorAccount = await accounts.SecretAsync(link.Session.MentorId, link.ProviderAccountId, cancellationToken),
        };
    }
}
