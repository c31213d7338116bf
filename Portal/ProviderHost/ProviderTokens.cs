using System.Globalization;
using Portal.AuditTrail;
using Portal.Data;
using Providers;

namespace Portal.ProviderHost;

/// <summary>Makes and checks tokens for administrators, and notes that they did. The tokens themselves are kept nowhere.</summary>
public sealed class ProviderTokens(MeetingProviders providers, PortalDbContext db, TimeProvider clock)
{
    public static readonly TimeSpan MaxLength = TimeSpan.FromDays(1);

    public IReadOnlyList<PluginStatus> Tools => providers.WithTokens;

    /// <param name="providerId">The tool's plugin.</param>
    /// <param name="request">Whom it is for, and which room.</param>
    /// <param name="actor">Null for the command line.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ProviderException">With the reason, in the current language.</exception>
    public async Task<MintedToken> MintAsync(string providerId, TokenRequest request, Guid? actor, CancellationToken cancellationToken)
    {
        var made = await providers.MintTokenAsync(providerId, request, cancellationToken);
        var minutes = request.Length.TotalMinutes.ToString(CultureInfo.InvariantCulture);
        await NoteAsync("token.mint", providerId, actor, $"{request.Role} {request.Kind} {minutes} min", cancellationToken);
        return made;
    }

    public async Task<TokenReport> CheckAsync(
        string providerId, string token, string? room, Guid? actor, CancellationToken cancellationToken)
    {
        var report = await providers.CheckTokenAsync(providerId, token, room, cancellationToken);
        await NoteAsync("token.check", providerId, actor, report.Good ? "good" : "bad", cancellationToken);
        return report;
    }

    private async Task NoteAsync(string action, string providerId, Guid? actor, string details, CancellationToken cancellationToken)
    {
        Audit.Note(db, clock.GetUtcNow(), actor, action, $"provider:{providerId}", details);
        await db.SaveChangesAsync(cancellationToken);
    }
}
