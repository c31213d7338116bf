using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plugins.Shared;
using Providers;

namespace Plugins.Teams;

/// <summary>Meetings of one organizer after another. Whatever is asked twice is done once.</summary>
internal sealed class TeamsMeetings(TeamsOptions options, GraphApi api, Cloud cloud)
{
    private const int MaxTitle = 255;
    private readonly ConcurrentDictionary<string, string> ids = new(StringComparer.OrdinalIgnoreCase);

    public async Task<MeetingHandle> CreateAsync(MeetingRequest request, CancellationToken cancellationToken)
    {
        var user = await OrganizerAsync(request, cancellationToken);
        var body = Times(request);
        body["externalId"] = request.IdempotencyKey;
        var answer = await api.SendAsync(HttpMethod.Post, $"/users/{user}/onlineMeetings/createOrGet", body, cancellationToken,
            HttpStatusCode.NotFound);
        if (answer.Status == HttpStatusCode.NotFound)
            throw Unknown();
        if (answer.Json.Text("id") is not { Length: > 0 } id || !IsJoinLink(answer.Json.Text("joinWebUrl"), out var link))
            throw new ProviderException(ProviderFailure.Rejected, Texts.ErrorNoLink);
        var handle = new TeamsHandle(user, id, link);
        // The call above takes no settings, and gives back what an earlier try made for another time.
        await WriteAsync(handle, request, cancellationToken);
        return handle.ToHandle();
    }

    public Task UpdateAsync(TeamsHandle handle, MeetingRequest request, CancellationToken cancellationToken) =>
        WriteAsync(handle, request, cancellationToken);

    public Task EndAsync(TeamsHandle handle, CancellationToken cancellationToken) =>
        api.SendAsync(HttpMethod.Delete, handle.Path, null, cancellationToken, HttpStatusCode.NotFound, HttpStatusCode.Gone);

    /// <summary>Null when the meeting is gone.</summary>
    public async Task<JsonElement?> FindAsync(TeamsHandle handle, CancellationToken cancellationToken)
    {
        var answer = await api.SendAsync(
            HttpMethod.Get, handle.Path, null, cancellationToken, HttpStatusCode.NotFound, HttpStatusCode.Gone);
        return answer.Status == HttpStatusCode.OK ? answer.Json : null;
    }

    /// <summary>An application names users by the object's id; Graph knows no meetings of "somebody@…".</summary>
    public async Task<string> IdOfAsync(string user, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(user, out var id))
            return id.ToString();
        if (ids.TryGetValue(user, out var known))
            return known;
        var answer = await api.SendAsync(
            HttpMethod.Get, $"/users/{Uri.EscapeDataString(user)}?$select=id", null, cancellationToken, HttpStatusCode.NotFound);
        return Guid.TryParse(answer.Json.Text("id"), out var found) ? ids[user] = found.ToString() : throw Unknown();
    }

    public static DialIn? DialIn(JsonElement meeting)
    {
        if (meeting.At("audioConferencing") is not { } phone)
            return null;
        var more = phone.List("tollNumbers").Concat(phone.List("tollFreeNumbers"));
        var numbers = new[] { phone.Text("tollNumber"), phone.Text("tollFreeNumber") }
            .Concat(more.Select(n => n.ValueKind == JsonValueKind.String ? n.GetString() : null))
            .OfType<string>().Where(n => n is not "").Distinct().Select(n => new DialInNumber(n, null)).ToList();
        return numbers is [] ? null : new(numbers, phone.Text("conferenceId"));
    }

    private Task WriteAsync(TeamsHandle handle, MeetingRequest request, CancellationToken cancellationToken)
    {
        var body = Times(request);
        body["lobbyBypassSettings"] = new JsonObject
        {
            ["scope"] = Word(options.LobbyBypass),
            ["isDialInBypassEnabled"] = options.CallersBypassLobby,
        };
        body["allowedPresenters"] = Word(options.Presenters);
        body["allowMeetingChat"] = Word(options.Chat);
        body["recordAutomatically"] = options.RecordAutomatically;
        return api.SendAsync(HttpMethod.Patch, handle.Path, body, cancellationToken);
    }

    private async Task<string> OrganizerAsync(MeetingRequest request, CancellationToken cancellationToken)
    {
        var user = options.Organizer is not "" ? options.Organizer : request.MentorEmail;
        return await IdOfAsync(user ?? throw new ProviderException(ProviderFailure.Rejected, Texts.ErrorNoMentorEmail), cancellationToken);
    }

    private bool IsJoinLink(string? text, out string link)
    {
        link = text ?? "";
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
            && cloud.JoinHosts.Contains(url.Host) && text!.Length <= 1500;
    }

    private static ProviderException Unknown() => new(ProviderFailure.Rejected, Texts.ErrorUser);

    private static JsonObject Times(MeetingRequest request) => new()
    {
        ["subject"] = Line.Of(request.Title, MaxTitle, ""),
        ["startDateTime"] = Time(request.Start),
        ["endDateTime"] = Time(request.Start + request.Length),
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
