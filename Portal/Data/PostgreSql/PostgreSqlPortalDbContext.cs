using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Mail.Queue;

namespace Portal.Data.PostgreSql;

public sealed class PostgreSqlPortalDbContext(DbContextOptions<PostgreSqlPortalDbContext> options) : PortalDbContext(options)
{
    public static void Configure(DbContextOptionsBuilder builder, string connection) =>
        builder.UseNpgsql(connection).UseSnakeCaseNamingConvention();

    /// <summary>A context outside of the portal's services: for migrations and tests.</summary>
    public static PostgreSqlPortalDbContext Open(string connection)
    {
        var builder = new DbContextOptionsBuilder<PostgreSqlPortalDbContext>();
        Configure(builder, connection);
        return new(builder.Options);
    }

    protected override bool IsDuplicateKey(DbException failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    protected override bool IsDeadlock(DbException failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected };

    protected override bool IsFull(DbException failure) => failure is PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    // Where the server's name cannot be looked up, Npgsql adds no word of its own.
    public override bool IsTransient(Exception failure) => base.IsTransient(failure) || failure is SocketException;

    protected override bool IsTransient(DbException failure) => failure switch
    {
        PostgresException p => p.IsTransient || p.SqlState is PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow,
        NpgsqlException n => n.IsTransient || n.InnerException is IOException or SocketException,
        _ => false,
    };

    public override Task<List<Guid>> ClaimOutboxAsync(
        Guid dispatcher, DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken) =>
        Database.SqlQuery<Guid>($"""
            UPDATE outbox_messages SET claimed_by = {dispatcher}, claimed_until_utc = {until}
            WHERE id IN (
                SELECT id FROM outbox_messages
                WHERE state = {nameof(OutboxState.Waiting)} AND due_utc <= {now}
                  AND (claimed_until_utc IS NULL OR claimed_until_utc <= {now})
                ORDER BY due_utc LIMIT {max} FOR UPDATE SKIP LOCKED)
            RETURNING id AS "Value"
            """).ToListAsync(cancellationToken);

    // One statement for all: a statement a mail takes five times as long.
    public override Task<int> QueueMailsAsync(IReadOnlyList<OutboxMessage> mails, CancellationToken cancellationToken)
    {
        return Database.ExecuteSqlAsync($"""
            INSERT INTO outbox_messages (id, key, kind, model, to_address, to_name, language, time_zone, user_id, session_id,
                participant_id, state, created_utc, queued_utc, due_utc, attempts)
            SELECT *, 0 FROM unnest(
                {Each(m => m.Id)}, {Each(m => m.Key)}, {Each(m => m.Kind)}, {Each(m => m.Model)}, {Each(m => m.ToAddress)},
                {Each(m => m.ToName)}, {Each(m => m.Language)}, {Each(m => m.TimeZone)}, {Each(m => m.UserId)}, {Each(m => m.SessionId)},
                {Each(m => m.ParticipantId)}, {Each(m => m.State.ToString())}, {Each(m => m.CreatedUtc)}, {Each(m => m.QueuedUtc)},
                {Each(m => m.DueUtc)})
            ON CONFLICT (key) DO NOTHING
            """, cancellationToken);

        T[] Each<T>(Func<OutboxMessage, T> value) => [.. mails.Select(value)];
    }

    // Statements that are sent together are one transaction here.
    protected override Task<int> AtOnceAsync(FormattableString statements, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync(statements, cancellationToken);

    // Moments are DateTimeOffset everywhere; a plain DateTime is a wall clock, which has no zone of its own.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveColumnType("timestamp without time zone");
}
