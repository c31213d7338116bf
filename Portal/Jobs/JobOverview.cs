using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Portal.AuditTrail;
using Portal.Data;
using Portal.People;
using Quartz;

namespace Portal.Jobs;

/// <summary>
/// What the scheduler has noted about the jobs, read from its tables: so it is the same on every portal, also on one where jobs are
/// switched off.
/// </summary>
public sealed class JobOverview(PortalDbContext db, IServiceProvider services, TimeProvider clock)
{
    public const int RunsShown = 50;

    /// <summary>A job that is so late does not wait for its turn: nobody runs it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>False where another portal runs the jobs, if any does.</summary>
    public bool RunsHere => services.GetService<ISchedulerFactory>() is not null;

    public async Task<IReadOnlyList<JobState>> AllAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var next = (await ReadAsync(
            "SELECT JOB_NAME, MIN(NEXT_FIRE_TIME) FROM QRTZ_TRIGGERS WHERE SCHED_NAME = @scheduler AND TRIGGER_NAME = JOB_NAME GROUP BY JOB_NAME", null,
            row => (Job: row.GetString(0), At: Moment(row, 1)), cancellationToken)).ToDictionary(r => r.Job, r => r.At);
        var running = (await ReadAsync(
            "SELECT JOB_NAME, MIN(FIRED_TIME) FROM QRTZ_FIRED_TRIGGERS WHERE SCHED_NAME = @scheduler AND STATE = 'EXECUTING' GROUP BY JOB_NAME", null,
            row => (Job: row.GetString(0), Since: Moment(row, 1)), cancellationToken)).ToDictionary(r => r.Job, r => r.Since);
        var noted = (await ReadAsync("""
            SELECT JOB_NAME, LAST_FIRED_TIME, LAST_RUN_TIME, CONSECUTIVE_FAILURES, LAST_FAILURE_TIME, LAST_FAILURE_MESSAGE, RUN_COUNT, FAILURE_COUNT
            FROM QRTZ_JOB_STATUS WHERE SCHED_NAME = @scheduler
            """, null,
            row => (Job: row.GetString(0), Last: new JobRun(Moment(row, 1)!.Value, Length(row, 2), row.GetInt32(3) == 0, null, false),
                Failures: row.GetInt32(3), FailedAt: Moment(row, 4), Failure: Text(row, 5), Runs: row.GetInt64(6), Failed: row.GetInt64(7)),
            cancellationToken)).ToDictionary(r => r.Job);
        return [.. PortalJobs.All.Select(job =>
        {
            var (at, since) = (next.GetValueOrDefault(job.Key.Name), running.GetValueOrDefault(job.Key.Name));
            var status = noted.GetValueOrDefault(job.Key.Name);
            return new JobState(job, at, since, status.Last, status.Failures, status.FailedAt, status.Failure, status.Runs, status.Failed,
                at is null ? JobHealth.Unscheduled
                : at < now - Patience && (since is null || since < now - Patience) ? JobHealth.Overdue
                : since is not null ? JobHealth.Running
                : status.Failures > 0 ? JobHealth.Failing
                : JobHealth.Well);
        })];
    }

    /// <summary>The last runs, newest first.</summary>
    public Task<List<JobRun>> RunsAsync(PortalJob job, CancellationToken cancellationToken) => ReadAsync($"""
        SELECT FIRED_TIME, RUN_TIME, SUCCEEDED, ERROR_MESSAGE, MANUAL FROM QRTZ_EXECUTION_HISTORY
        WHERE SCHED_NAME = @scheduler AND JOB_GROUP = @group AND JOB_NAME = @job
        ORDER BY FIRED_TIME DESC OFFSET 0 ROWS FETCH NEXT {RunsShown} ROWS ONLY
        """, job, row => new JobRun(Moment(row, 0)!.Value, Length(row, 1), row.GetBoolean(2), Text(row, 3), !row.IsDBNull(4) && row.GetBoolean(4)), cancellationToken);

    /// <summary>Runs a job now, here or on another portal; false where there is no scheduler to ask.</summary>
    public async Task<bool> RunNowAsync(PortalJob job, Caller caller, CancellationToken cancellationToken)
    {
        if (services.GetService<ISchedulerFactory>() is not { } schedulers)
            return false;
        Audit.Note(db, clock.GetUtcNow(), caller.UserId, "job.run", $"job:{job.Key.Name}");
        await db.SaveChangesAsync(cancellationToken);
        await (await schedulers.GetScheduler(cancellationToken)).TriggerJob(job.Key, null, cancellationToken);
        return true;
    }

    private async Task<List<T>> ReadAsync<T>(string sql, PortalJob? job, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            Add(command, "scheduler", JobsSetup.Scheduler);
            if (job is not null)
            {
                Add(command, "group", job.Key.Group);
                Add(command, "job", job.Key.Name);
            }
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            var all = new List<T>();
            while (await rows.ReadAsync(cancellationToken))
                all.Add(read(rows));
            return all;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static void Add(DbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.DbType, parameter.Value) = (name, DbType.String, value);
        command.Parameters.Add(parameter);
    }

    // The scheduler keeps moments and lengths as ticks.

    private static DateTimeOffset? Moment(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);

    private static TimeSpan Length(DbDataReader row, int column) => TimeSpan.FromTicks(row.GetInt64(column));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

public enum JobHealth
{
    Well,
    Running,

    /// <summary>The last run failed.</summary>
    Failing,

    /// <summary>Its time has passed and nobody runs it.</summary>
    Overdue,

    /// <summary>No portal with jobs has started on this database yet.</summary>
    Unscheduled,
}

public sealed record JobRun(DateTimeOffset At, TimeSpan Took, bool Succeeded, string? Failure, bool ByHand);

/// <param name="RunningSince">Null while it does not run.</param>
/// <param name="Last">Null before its first run.</param>
/// <param name="Failures">In a row, up to now.</param>
public sealed record JobState(
    PortalJob Job, DateTimeOffset? Next, DateTimeOffset? RunningSince, JobRun? Last, int Failures, DateTimeOffset? FailedAt,
    string? Failure,
    long Runs, long Failed, JobHealth Health);
