using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Portal.Mail.Queue;

namespace Portal.Data.SqlServer;

public sealed class SqlServerPortalDbContext(DbContextOptions<SqlServerPortalDbContext> options) : PortalDbContext(options)
{
    // 2601: duplicate key row in a unique index; 2627: violation of a primary key or unique constraint.
    public override bool IsDuplicateKey(DbException failure) => failure is SqlException { Number: 2601 or 2627 };

    // -2: time-out; 1205: chosen as a deadlock's victim; the rest: the server cannot be reached or is going down.
    public override bool IsTransient(Exception failure) => failure is SqlException
    {
        Number: -2 or -1 or 2 or 53 or 64 or 233 or 1205 or 4060 or 6005 or 10053 or 10054 or 10060 or 10061,
    };

    public override Task<List<Guid>> ClaimOutboxAsync(
        Guid dispatcher, DateTimeOffset now, DateTimeOffset until, int most, CancellationToken cancellationToken) =>
        Database.SqlQuery<Guid>($"""
            WITH due AS (
                SELECT TOP ({most}) * FROM outbox_messages WITH (ROWLOCK, READPAST, UPDLOCK)
                WHERE [State] = {nameof(OutboxState.Waiting)} AND [DueUtc] <= {now}
                  AND ([ClaimedUntilUtc] IS NULL OR [ClaimedUntilUtc] <= {now})
                ORDER BY [DueUtc])
            UPDATE due SET [ClaimedBy] = {dispatcher}, [ClaimedUntilUtc] = {until}
            OUTPUT inserted.[Id] AS [Value]
            """).ToListAsync(cancellationToken);

    protected override Task<int> AtOnceAsync(FormattableString statements, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync(
            FormattableStringFactory.Create($"SET XACT_ABORT ON; BEGIN TRANSACTION; {statements.Format}; COMMIT", statements.GetArguments()), cancellationToken);
}
