using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.Sessions.Live;

namespace Portal.Data.SqlServer;

public sealed class SqlServerPortalDbContext(DbContextOptions<SqlServerPortalDbContext> options) : PortalDbContext(options)
{
    private const int MinCompatibility = 130;

    public static void Configure(DbContextOptionsBuilder builder, string connection) =>
        builder.UseSqlServer(connection).UseSnakeCaseNamingConvention();

    /// <summary>A context outside of the portal's services: for migrations and tests.</summary>
    public static SqlServerPortalDbContext Open(string connection)
    {
        var builder = new DbContextOptionsBuilder<SqlServerPortalDbContext>();
        Configure(builder, connection);
        return new(builder.Options);
    }

    // 2601: duplicate key row in a unique index; 2627: violation of a primary key or unique constraint.
    protected override bool IsDuplicateKey(DbException failure) => failure is SqlException { Number: 2601 or 2627 };

    // 1105: no room in a filegroup; 9002: the log is full.
    protected override bool IsFull(DbException failure) => failure is SqlException { Number: 1105 or 9002 };

    protected override bool IsDeadlock(DbException failure) => failure is SqlException { Number: 1205 };

    protected override bool IsTransient(DbException failure) =>
        failure is SqlException sql && (sql.Class >= 20 || SqlServerErrors.Transient.Contains(sql.Number));

    public override async Task<IReadOnlyList<string>> WarningsAsync(CancellationToken cancellationToken)
    {
        // By name: in an elastic pool the numbers differ.
        var snapshots = await Database.SqlQuery<bool>(
            $"SELECT is_read_committed_snapshot_on AS [Value] FROM sys.databases WHERE name = DB_NAME()").ToListAsync(cancellationToken);
        var levels = await Database.SqlQuery<int>(
            $"SELECT CAST(compatibility_level AS int) AS [Value] FROM sys.databases WHERE name = DB_NAME()").ToListAsync(cancellationToken);
        var warnings = new List<string>();
        if (snapshots.Contains(false))
            warnings.Add("READ_COMMITTED_SNAPSHOT is off in this database: readers and writers wait for each other. Switch it on by "
                + "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE");
        if (levels.FirstOrDefault(l => l < MinCompatibility) is > 0 and var level)
            warnings.Add($"The compatibility level of this database is {level}; the portal needs {MinCompatibility} or higher.");
        return warnings;
    }

    public override Task<List<Guid>> ClaimOutboxAsync(
        Guid dispatcher, DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken) =>
        Database.SqlQuery<Guid>($"""
            WITH due AS (
                SELECT TOP ({max}) * FROM outbox_messages WITH (ROWLOCK, READPAST, UPDLOCK)
                WHERE state = {nameof(OutboxState.Waiting)} AND due_utc <= {now}
                  AND (claimed_until_utc IS NULL OR claimed_until_utc <= {now})
                ORDER BY due_utc)
            UPDATE due SET claimed_by = {dispatcher}, claimed_until_utc = {until}
            OUTPUT inserted.id AS [Value]
            """).ToListAsync(cancellationToken);

    protected override Task<int> AtOnceAsync(FormattableString statements, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync(FormattableStringFactory.Create(
            $"SET XACT_ABORT ON; BEGIN TRANSACTION; {statements.Format}; COMMIT", statements.GetArguments()), cancellationToken);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // A uniqueidentifier is ordered by its last bytes, which are random in a Guid of version 7: as the clustered key
        // of a table that grows with every session and mail, it would put each new row on another page.
        builder.Entity<OutboxMessage>().HasIndex(m => m.CreatedUtc).IsClustered();
        builder.Entity<MailAttempt>().HasIndex(a => a.AtUtc).IsClustered();
        builder.Entity<MeetingEvent>().HasIndex(e => e.AtUtc).IsClustered();
        builder.Entity<AuditEntry>().HasIndex(a => a.AtUtc).IsClustered();
        builder.Entity<OutboxMessage>().HasKey(m => m.Id).IsClustered(false);
        builder.Entity<MailAttempt>().HasKey(a => a.Id).IsClustered(false);
        builder.Entity<MeetingEvent>().HasKey(e => e.Id).IsClustered(false);
        builder.Entity<AuditEntry>().HasKey(a => a.Id).IsClustered(false);
        // A clustered key may have 900 bytes, another one 1700.
        builder.Entity<IdentityUserPasskey<Guid>>().HasKey(p => p.CredentialId).IsClustered(false);
    }
}
