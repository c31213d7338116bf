using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plugins.Shared;
using Providers;

namespace Plugins.GoogleMeet;

/// <summary>
/// Who was in a call, from Meet's own records. Google proves one address: that of the account that asks. Everybody else has a name of
/// their own choice, or a number that only Google can read, and stays unknown.
/// </summary>
internal sealed class MeetAttendance(GoogleApi api, GoogleCaller caller)
{
    // One after another, the stays of a hundred people take longer than the portal waits.
    private const int AtOnce = 8;

    /// <returns>Null while there is no record, or a call goes on.</returns>
    public async Task<IReadOnlyList<MeetingSign>?> ReadAsync(string code, CancellationToken cancellationToken)
    {
        var filter = Uri.EscapeDataString($"space.meeting_code = \"{code}\"");
        var signs = new List<MeetingSign>();
        var records = 0;
        var own = await OwnAsync(cancellationToken);
        await foreach (var record in api.ListAsync(
            caller, $"{GoogleAddresses.Meet}/conferenceRecords?filter={filter}", "conferenceRecords", cancellationToken))
        {
            if (record.Text("name") is not { } name || record.Time("startTime") is not { } start || record.Time("endTime") is not { } end)
                return null;
            records++;
            signs.Add(Sign(name, MeetingSignKind.Started, code, start));
            foreach (var some in (await PeopleAsync(name, cancellationToken)).Chunk(AtOnce))
                foreach (var stays in await Task.WhenAll(some.Select(p => OfPersonAsync(p, code, own, end, cancellationToken))))
                    signs.AddRange(stays);
            signs.Add(Sign(name, MeetingSignKind.Ended, code, end));
        }
        return records == 0 ? null : [.. signs.OrderBy(s => s.At)];
    }

    private async Task<List<JsonElement>> PeopleAsync(string record, CancellationToken cancellationToken)
    {
        var people = new List<JsonElement>();
        await foreach (var person in api.ListAsync(
            caller, $"{Address(record)}/participants?pageSize=250", "participants", cancellationToken))
            people.Add(person);
        return people;
    }

    private async Task<List<MeetingSign>> OfPersonAsync(
        JsonElement person, string code, (string User, string Email)? own, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var signs = new List<MeetingSign>();
        if (person.Text("name") is not { } name)
            return signs;
        var email = own is { } me && person.At("signedinUser")?.Text("user") == me.User ? me.Email : null;
        await foreach (var stay in api.ListAsync(
            caller, $"{Address(name)}/participantSessions?pageSize=250", "participantSessions", cancellationToken))
        {
            if (stay.Text("name") is not { } id || stay.Time("startTime") is not { } came)
                continue;
            signs.Add(Sign(id, MeetingSignKind.Joined, code, came) with { Email = email });
            // Whoever is still in when the call ends leaves with it.
            signs.Add(Sign(id, MeetingSignKind.Left, code, stay.Time("endTime") ?? end) with { Email = email });
        }
        return signs;
    }

    private async Task<(string User, string Email)?> OwnAsync(CancellationToken cancellationToken)
    {
        var me = (await api.SendAsync(caller, HttpMethod.Get, GoogleAddresses.UserInfo, null, cancellationToken,
            System.Net.HttpStatusCode.Forbidden)).Json;
        return me.Text("sub") is { } id && me.Text("email") is { } email && me.At("email_verified") is { ValueKind: JsonValueKind.True }
            ? ($"users/{id}", email)
            : null;
    }

    // A name out of an answer never leads elsewhere than to Meet.
    private static string Address(string name) =>
        $"{GoogleAddresses.Meet}/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}";

    private static MeetingSign Sign(string id, MeetingSignKind kind, string code, DateTimeOffset at) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind} {id}"))), kind, code, at);
}
