using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Calendar;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.People;
using Portal.People.Profile;
using Portal.People.SignIn;
using Portal.ProviderHost;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Availability;
using Portal.Sessions.Live;
using Portal.Sessions.Rooms;
using Portal.Settings;
using Portal.Tickets;

namespace Portal.Data;

/// <summary>
/// The one model. Its two heirs hold what is particular to an engine: a few statements, error codes, and migrations
/// (two contexts of one type would each be given the migrations of both).
/// </summary>
public abstract class PortalDbContext(DbContextOptions options)
    : IdentityDbContext<PortalUser, IdentityRole<Guid>, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<MentorProfile> MentorProfiles => Set<MentorProfile>();
    public DbSet<WeeklyHours> WeeklyHours => Set<WeeklyHours>();
    public DbSet<SpecialDay> SpecialDays => Set<SpecialDay>();
    public DbSet<SessionKind> SessionKinds => Set<SessionKind>();
    public DbSet<BusyTime> BusyTimes => Set<BusyTime>();
    public DbSet<Picture> Pictures => Set<Picture>();
    public DbSet<SignedInDevice> SignedInDevices => Set<SignedInDevice>();
    public DbSet<SessionSeries> SessionSeries => Set<SessionSeries>();
    public DbSet<MentoringSession> Sessions => Set<MentoringSession>();
    public DbSet<SessionParticipant> Participants => Set<SessionParticipant>();
    public DbSet<MeetingLink> MeetingLinks => Set<MeetingLink>();
    public DbSet<MeetingEnd> MeetingEnds => Set<MeetingEnd>();
    public DbSet<BusyTick> BusyTicks => Set<BusyTick>();
    public DbSet<MeetingEvent> MeetingEvents => Set<MeetingEvent>();
    public DbSet<ProviderAccount> ProviderAccounts => Set<ProviderAccount>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<MailAttempt> MailAttempts => Set<MailAttempt>();
    public DbSet<SuppressedAddress> SuppressedAddresses => Set<SuppressedAddress>();
    public DbSet<SessionTrouble> SessionTroubles => Set<SessionTrouble>();
    public DbSet<ClockRuleChange> ClockRuleChanges => Set<ClockRuleChange>();
    public DbSet<TicketKey> TicketKeys => Set<TicketKey>();
    public DbSet<UsedPass> UsedPasses => Set<UsedPass>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<Setting> Settings => Set<Setting>();

    /// <summary>True when the failure is a duplicate key, of whatever table.</summary>
    public abstract bool IsDuplicateKey(DbException failure);

    /// <summary>True when the server could not be reached or went away, or the transaction may simply be tried again.</summary>
    public abstract bool IsTransient(Exception failure);

    /// <summary>
    /// Takes due outbox rows for one dispatcher, passing over rows that another one holds, and answers their ids.
    /// A row whose claim has run out is due again.
    /// </summary>
    public abstract Task<List<Guid>> ClaimOutboxAsync(Guid dispatcher, DateTimeOffset now, DateTimeOffset until, int most, CancellationToken cancellationToken);

    /// <summary>Changes an outbox row and adds to its log, in one trip and one commit. Answers how many rows that were, together.</summary>
    public Task<int> MarkMailAsync(FormattableString update, IReadOnlyList<MailAttempt> tries, CancellationToken cancellationToken)
    {
        var values = update.GetArguments().ToList();
        var statement = new StringBuilder(update.Format);
        foreach (var t in tries)
        {
            object?[] row = [t.Id, t.MailId, t.AtUtc, t.DurationMs, t.Recipient, t.Verdict.ToString(), t.Scope.ToString(), t.Stage.ToString(), t.Code, t.EnhancedCode, t.Text];
            statement.Append("""
                ;
                INSERT INTO mail_attempts ("Id", "MailId", "AtUtc", "DurationMs", "Recipient", "Verdict", "Scope", "Stage", "Code", "EnhancedCode", "Text") VALUES (
                """).AppendJoin(", ", row.Select((_, i) => $"{{{values.Count + i}}}")).Append(')');
            values.AddRange(row);
        }
        return AtOnceAsync(FormattableStringFactory.Create(statement.ToString(), [.. values]), cancellationToken);
    }

    /// <summary>Several statements that are done together or not at all.</summary>
    protected abstract Task<int> AtOnceAsync(FormattableString statements, CancellationToken cancellationToken);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
    }
}
