using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Calendar;
using Portal.Data.Configurations;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.People;
using Portal.People.Profile;
using Portal.People.Push;
using Portal.People.SignIn;
using Portal.ProviderHost;
using Portal.Security;
using Portal.Sessions;
using Portal.Sessions.Attending;
using Portal.Sessions.Availability;
using Portal.Sessions.Files;
using Portal.Sessions.Breakouts;
using Portal.Sessions.Live;
using Portal.Sessions.Notes;
using Portal.Sessions.Recordings;
using Portal.Sessions.Rooms;
using Portal.Sessions.Trouble;
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
    public DbSet<Guardianship> Guardianships => Set<Guardianship>();
    public DbSet<SignedInDevice> SignedInDevices => Set<SignedInDevice>();
    public DbSet<PushKey> PushKeys => Set<PushKey>();
    public DbSet<PushSubscription> PushSubscriptions => Set<PushSubscription>();
    public DbSet<PushNote> PushNotes => Set<PushNote>();
    public DbSet<SessionSeries> SessionSeries => Set<SessionSeries>();
    public DbSet<MentoringSession> Sessions => Set<MentoringSession>();
    public DbSet<SessionParticipant> Participants => Set<SessionParticipant>();
    public DbSet<MeetingLink> MeetingLinks => Set<MeetingLink>();
    public DbSet<MeetingEnd> MeetingEnds => Set<MeetingEnd>();
    public DbSet<BusyTick> BusyTicks => Set<BusyTick>();
    public DbSet<MeetingEvent> MeetingEvents => Set<MeetingEvent>();
    public DbSet<RoomStay> RoomStays => Set<RoomStay>();
    public DbSet<SessionNotes> SessionNotes => Set<SessionNotes>();
    public DbSet<SessionStep> SessionSteps => Set<SessionStep>();
    public DbSet<PrivateNote> PrivateNotes => Set<PrivateNote>();
    public DbSet<ChatLine> ChatLines => Set<ChatLine>();
    public DbSet<SessionFile> SessionFiles => Set<SessionFile>();
    public DbSet<Recording> Recordings => Set<Recording>();
    public DbSet<RecordingConsent> RecordingConsents => Set<RecordingConsent>();
    public DbSet<TroubleReport> TroubleReports => Set<TroubleReport>();
    public DbSet<BreakoutGroup> BreakoutGroups => Set<BreakoutGroup>();
    public DbSet<ProviderAccount> ProviderAccounts => Set<ProviderAccount>();
    public DbSet<StoredToolPolicy> ToolPolicies => Set<StoredToolPolicy>();
    public DbSet<MentorToolAccount> MentorToolAccounts => Set<MentorToolAccount>();
    public DbSet<ToolMove> ToolMoves => Set<ToolMove>();
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
    public DbSet<JobCheckpoint> JobCheckpoints => Set<JobCheckpoint>();

    /// <summary>True when the failure is a duplicate key, of whatever table.</summary>
    public bool IsDuplicateKey(Exception failure) => failure.Database() is { } said && IsDuplicateKey(said);

    /// <summary>True when the server ended this transaction because it and another one waited for each other.</summary>
    public bool IsDeadlock(Exception failure) => failure.Database() is { } said && IsDeadlock(said);

    /// <summary>True when the server could not be reached or went away, or the transaction may simply be tried again.</summary>
    public virtual bool IsTransient(Exception failure) => failure.Database() is { } said && IsTransient(said);

    /// <summary>True when somebody else saved the same, or changed it, since it was read.</summary>
    public bool IsConflict(Exception failure) => failure is DbUpdateConcurrencyException || IsDuplicateKey(failure);

    /// <summary>Saves, or returns false when somebody else was faster; then the context holds nothing any more.</summary>
    public async Task<bool> TrySaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException e) when (IsConflict(e))
        {
            ChangeTracker.Clear();
            return false;
        }
    }

    protected abstract bool IsDuplicateKey(DbException failure);

    protected abstract bool IsDeadlock(DbException failure);

    /// <summary>The server has no room left on its disk.</summary>
    protected abstract bool IsFull(DbException failure);

    public bool IsFull(Exception failure) => failure.Database() is { } said && IsFull(said);

    protected abstract bool IsTransient(DbException failure);

    /// <summary>What an operator should change in how the database is set up; a sentence each.</summary>
    public virtual Task<IReadOnlyList<string>> WarningsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>
    /// Takes due outbox rows for one dispatcher, passing over rows that another one holds, and returns their ids.
    /// A row whose claim has run out is due again.
    /// </summary>
    public abstract Task<List<Guid>> ClaimOutboxAsync(
        Guid dispatcher, DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken);

    /// <summary>Changes an outbox row and adds to its log, in one trip and one commit.</summary>
    /// <returns>How many rows that were, together.</returns>
    public Task<int> MarkMailAsync(FormattableString update, IReadOnlyList<MailAttempt> tries, CancellationToken cancellationToken)
    {
        var values = update.GetArguments().ToList();
        var statement = new StringBuilder(update.Format);
        foreach (var t in tries)
        {
            object?[] row =
            [
                t.Id, t.MailId, t.AtUtc, t.DurationMs, t.Recipient, t.Verdict.ToString(), t.Scope.ToString(), t.Stage.ToString(), t.Code,
                t.EnhancedCode, t.Text,
            ];
            statement.Append("""
                ;
                INSERT INTO mail_attempts (id, mail_id, at_utc, duration_ms, recipient, verdict, scope, stage, code, enhanced_code, text)
                VALUES (
                """).AppendJoin(", ", row.Select((_, i) => $"{{{values.Count + i}}}")).Append(')');
            values.AddRange(row);
        }
        return AtOnceAsync(FormattableStringFactory.Create(statement.ToString(), [.. values]), cancellationToken);
    }

    /// <summary>Writes many mails at once, but for those whose key is there already; returns how many it wrote.</summary>
    public virtual async Task<int> QueueMailsAsync(IReadOnlyList<OutboxMessage> mails, CancellationToken cancellationToken)
    {
        var keys = mails.Select(m => m.Key).ToList();
        var queued = await Outbox.Where(m => keys.Contains(m.Key)).Select(m => m.Key).ToHashSetAsync(cancellationToken);
        var missing = mails.Where(m => !queued.Contains(m.Key)).ToList();
        Outbox.AddRange(missing);
        await SaveChangesAsync(cancellationToken);
        ChangeTracker.Clear(); // there may be many more to come
        return missing.Count;
    }

    /// <summary>Several statements that are done together or not at all.</summary>
    protected abstract Task<int> AtOnceAsync(FormattableString statements, CancellationToken cancellationToken);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        IdentityTables.UseSnakeCase(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
    }
}
