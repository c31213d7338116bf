using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plugins.Shared;
using Providers;

namespace Plugins.Teams;

/// <summary>
/// Who was there, by the reports that Teams writes after a meeting. Only people of a directory have an id there, and only their
/// addresses are proven; guests have a name of their own choice and stay unknown.
/// </summary>
internal sealed class TeamsAttendance(GraphApi api, TeamsHandle handle, string key)
{
    /// <returns>Null while there is no report.</returns>
    public async Task<IReadOnlyList<MeetingSign>?> ReadAsync(CancellationToken cancellationToken)
    {
        var signs = new List<MeetingSign>();
        var reports = 0;
        await foreach (var report in api.ListAsync($"{handle.Path}/attendanceReports", cancellationToken))
        {
            if (report.Text("id") is not { } id)
                continue;
            reports++;
            Add(signs, id, MeetingSignKind.Started, report.Time("meetingStartDateTime"), null);
            Add(signs, id, MeetingSignKind.Ended, report.Time("meetingEndDateTime"), null);
            var records = $"{handle.Path}/attendanceReports/{Uri.EscapeDataString(id)}/attendanceRecords";
            await foreach (var record in api.ListAsync(records, cancellationToken))
                AddStays(signs, id, record);
        }
        return reports == 0 ? null : [.. signs.OrderBy(s => s.At)];
    }

    private void AddStays(List<MeetingSign> signs, string report, JsonElement record)
    {
        var email = record.At("identity")?.Text("id") is { Length: > 0 } && record.Text("emailAddress") is { Length: > 0 } address
            ? address
            : null;
        var stays = 0;
        foreach (var stay in record.List("attendanceIntervals"))
        {
            var id = $"{report}/{record.Text("id")}/{stays++}";
            Add(signs, id, MeetingSignKind.Joined, stay.Time("joinDateTime"), email);
            Add(signs, id, MeetingSignKind.Left, stay.Time("leaveDateTime"), email);
        }
    }

    private void Add(List<MeetingSign> signs, string id, MeetingSignKind kind, DateTimeOffset? at, string? email)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind} {id}"));
        if (at is { } time)
            signs.Add(new(Convert.ToHexStringLower(hash), kind, key, time) { Email = email });
    }
}
