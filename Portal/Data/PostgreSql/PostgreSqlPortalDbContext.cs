using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Mail.Queue;

namespace Portal.Data.PostgreSql;

public sealed class PostgreSqlPortalDbContext(DbContextOptions<PostgreSqlPortalDbContext> options) : PortalDbContext(options)
{
    public override bool IsDuplicateKey(DbException failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override bool IsTransient(Exception failure) => failure switch
    {
        PostgresException p => p.IsTransient || p.SqlState is PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow,
        NpgsqlException n => n.IsTransient || n.InnerException is IOException or System.Net.Sockets.SocketException,
        _ => false,
    };

    public override Task<List<Guid>> ClaimOutboxAsync(
        Guid dispatcher, DateTimeOffset now, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        Database.SqlQuery<Guid>($"""
            UPDATE outbox_messages SET "ClaimedBy" = {dispatcher}, "ClaimedUntilUtc" = {until}
            WHERE "Id" IN (
                SELECT "Id" FROM outbox_messages
                WHERE "State" = {nameof(OutboxState.Waiting)} AND "DueUtc" <= {now}
                  AND ("ClaimedUntilUtc" IS NULL OR "ClaimedUntilUtc" <= {now})
                ORDER BY "DueUtc" LIMIT {most} FOR UPDATE SKIP LOCKED)
            RETURNING "Id" AS "Value"
            """).ToListAsync(cancellationToken);

    // Statements that are sent together are one transaction here.
    protected override Task<int> AtOnceAsync(FormattableString statements, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync(statements, cancellationToken);

    // Moments are DateTimeOffset everywhere; a plain DateTime is a wall clock, which has no zone of its own.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveColumnType("timestamp without time zone");
}
