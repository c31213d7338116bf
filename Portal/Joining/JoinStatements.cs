using System.Data;
using System.Data.Common;
using Localization;
using Microsoft.EntityFrameworkCore;
using Portal.Data;
using Portal.Sessions;
using Portal.Sessions.Live;
using Portal.Sessions.Recordings;
using Portal.Sessions.Rooms;
using MeetingPlaceKind = Providers.MeetingPlaceKind;

namespace Portal.Joining;

/// <summary>
/// The two statements of a join, by hand: at the start of a session everybody comes in the same minute, and a query that is
/// put together anew for each of them takes longer than the database does. Both engines understand the same text.
/// </summary>
internal static class JoinStatements
{
    private const string Select = """
        SELECT s.id, p.id, p.user_id, p.role, p.link_version, p.withdrawn_utc, p.left_utc, p.waiting_since_utc,
            COALESCE(u.display_name, p.own_name), COALESCE(u.email, p.own_email), COALESCE(u.language, p.own_language),
            COALESCE(u.time_zone, p.own_time_zone), s.state, s.topic, s.mentor_id, m.display_name, s.start_utc, s.length_minutes,
            s.room_version, s.cancelled_utc, l.state, l.handle, a.provider_id, s.time_set_utc, i.version,
            s.capacity, s.is_instant, l.dial_in,
            u.lockout_end, l.place_kind, a.id, f.tool_choices, p.access_until_utc, p.admitted_utc, s.closed_utc,
            p.recording_answer, CASE WHEN EXISTS (SELECT 1 FROM participants o WHERE o.session_id = s.id AND o.recording_answer = 'No'
                AND o.withdrawn_utc IS NULL AND o.left_utc IS NULL) THEN 1 ELSE 0 END
        FROM participants p
        JOIN sessions s ON s.id = p.session_id
        JOIN asp_net_users m ON m.id = s.mentor_id
        LEFT JOIN asp_net_users u ON u.id = p.user_id
        LEFT JOIN meeting_links l ON l.session_id = s.id AND l.room_version = s.room_version
        LEFT JOIN provider_accounts a ON a.id = l.provider_account_id
        LEFT JOIN pictures i ON i.user_id = p.user_id
        LEFT JOIN mentor_profiles f ON f.user_id = s.mentor_id
        WHERE 
        """;

    private const string ByParticipant = Select + "p.id = @participant";
    private const string ByAccount = Select + "p.session_id = @session AND p.user_id = @account";

    private const string Insert = """
        INSERT INTO meeting_events (id, session_id, participant_id, kind, at_utc, decision, details)
        VALUES (@id, @session, @participant, @kind, @at, @decision, @details)
        """;

    public static Task<JoinPerson?> ReadAsync(PortalDbContext db, Guid participantId, CancellationToken cancellationToken) =>
        RunAsync(db, ByParticipant, [("@participant", participantId)], ReadOneAsync, cancellationToken);

    public static Task<JoinPerson?> ReadAsync(PortalDbContext db, Guid sessionId, Guid userId, CancellationToken cancellationToken) =>
        RunAsync(db, ByAccount, [("@session", sessionId), ("@account", userId)], ReadOneAsync, cancellationToken);

    /// <summary>The answer, the person's latest word, and what happened along with it: all of them or none.</summary>
    public static async Task LogAsync(
        PortalDbContext db, RecordingConsent said, IReadOnlyList<MeetingEvent> events, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.RecordingConsents.Add(said);
        db.MeetingEvents.AddRange(events);
        await db.SaveChangesAsync(cancellationToken);
        await db.Participants.Where(p => p.Id == said.ParticipantId)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.RecordingAnswer, said.Answer), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public static Task LogAsync(PortalDbContext db, MeetingEvent what, CancellationToken cancellationToken) => RunAsync(db, Insert,
    [
        ("@id", what.Id), ("@session", what.SessionId), ("@participant", what.ParticipantId), ("@kind", what.Kind.ToString()),
        ("@at", what.AtUtc), ("@decision", what.Decision?.ToString()), ("@details", what.Details),
    ], (command, cancel) => command.ExecuteNonQueryAsync(cancel), cancellationToken);

    private static async Task<T> RunAsync<T>(
        PortalDbContext db, string statement, (string Name, object? Value)[] values,
        Func<DbCommand, CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = statement;
            foreach (var (name, value) in values)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
                command.Parameters.Add(parameter);
            }
            return await run(command, cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task<JoinPerson?> ReadOneAsync(DbCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? PersonOf(reader) : null;
    }

    private static JoinPerson PersonOf(DbDataReader row) => new()
    {
        SessionId = row.GetGuid(0),
        ParticipantId = row.GetGuid(1),
        UserId = row.IsDBNull(2) ? null : row.GetGuid(2),
        Role = Enum.Parse<ParticipantRole>(row.GetString(3)),
        LinkVersion = row.GetInt16(4),
        // A locked account is entered by nothing.
        Withdrawn = !row.IsDBNull(5) || !row.IsDBNull(6) || !row.IsDBNull(28),
        WaitsForSeat = !row.IsDBNull(7),
        Name = Text(row, 8) ?? "",
        Email = Text(row, 9),
        Language = Text(row, 10) ?? Languages.English,
        TimeZone = Text(row, 11) ?? "Etc/UTC",
        State = Enum.Parse<SessionState>(row.GetString(12)),
        Topic = row.GetString(13),
        MentorId = row.GetGuid(14),
        MentorName = row.GetString(15),
        Start = row.GetFieldValue<DateTimeOffset>(16),
        LengthMinutes = row.GetInt32(17),
        RoomVersion = row.GetInt32(18),
        CancelledUtc = row.IsDBNull(19) ? null : row.GetFieldValue<DateTimeOffset>(19),
        Link = Text(row, 20) is { } state ? Enum.Parse<MeetingLinkState>(state) : null,
        Handle = Text(row, 21),
        ProviderId = Text(row, 22),
        TimeSet = row.GetFieldValue<DateTimeOffset>(23),
        PictureVersion = Text(row, 24),
        Capacity = row.GetInt32(25),
        IsInstant = row.GetBoolean(26),
        DialIn = Text(row, 27),
        PlaceKind = Text(row, 29) is { } kind ? Enum.Parse<MeetingPlaceKind>(kind) : null,
        AccountId = row.IsDBNull(30) ? Guid.Empty : row.GetGuid(30),
        ToolChoices = Text(row, 31),
        AccessUntil = row.IsDBNull(32) ? null : row.GetFieldValue<DateTimeOffset>(32),
        AdmittedUtc = row.IsDBNull(33) ? null : row.GetFieldValue<DateTimeOffset>(33),
        ClosedUtc = row.IsDBNull(34) ? null : row.GetFieldValue<DateTimeOffset>(34),
        RecordingAnswer = Text(row, 35) is { } answer ? Enum.Parse<RecordingAnswer>(answer) : null,
        SomebodyObjects = row.GetInt32(36) == 1,
    };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
