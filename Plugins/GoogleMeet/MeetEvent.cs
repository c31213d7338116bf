using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plugins.Shared;
using Providers;

namespace Plugins.GoogleMeet;

/// <summary>The calendar's event of one session: what we write and what comes back.</summary>
internal static class MeetEvent
{
    private const int MaxTitle = 300;

    // Hexadecimal digits are among those that an event's id may hold.
    public static string IdOf(MeetingRequest request) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(request.IdempotencyKey));

    public static JsonObject Times(MeetingRequest request) => new()
    {
        ["summary"] = Line.Of(request.Title, MaxTitle, ""),
        ["start"] = Time(request.Start, request.TimeZone),
        ["end"] = Time(request.Start + request.Length, request.TimeZone),
    };

    public static JsonObject Whole(MeetingRequest request, string? guest)
    {
        var json = Times(request);
        json["id"] = IdOf(request);
        json["status"] = "confirmed";
        // Colleagues who may look into the calendar see that the time is taken, not what for.
        json["visibility"] = "private";
        json["guestsCanInviteOthers"] = false;
        json["guestsCanModify"] = false;
        json["guestsCanSeeOtherGuests"] = false;
        // The portal reminds people itself.
        json["reminders"] = new JsonObject { ["useDefault"] = false };
        if (guest is not null)
            json["attendees"] = new JsonArray(new JsonObject { ["email"] = guest });
        return json;
    }

    /// <param name="requestId">Google ignores a second request of the same id.</param>
    public static JsonObject WithCall(this JsonObject json, string requestId)
    {
        json["conferenceData"] = new JsonObject
        {
            ["createRequest"] = new JsonObject
            {
                ["requestId"] = requestId,
                ["conferenceSolutionKey"] = new JsonObject { ["type"] = "hangoutsMeet" },
            },
        };
        return json;
    }

    public static bool IsCancelled(JsonElement json) => json.Text("status") == "cancelled";

    /// <summary>False when it was deleted, moved, or its call could not be made.</summary>
    public static bool Fits(JsonElement json, MeetingRequest request) =>
        !IsCancelled(json) && CallStatus(json) is not "failure" && json.At("conferenceData") is not null
        && json.At("start")?.Time("dateTime") == request.Start && json.At("end")?.Time("dateTime") == request.Start + request.Length;

    /// <summary>Null until Google has made the call.</summary>
    public static string? Code(JsonElement json) =>
        MeetHandle.CodeOf(Points(json, "video").Select(p => p.Text("uri")).FirstOrDefault() ?? json.Text("hangoutLink"));

    public static bool HasFailed(JsonElement json) => CallStatus(json) == "failure";

    public static DialIn? DialIn(JsonElement json)
    {
        var phones = Points(json, "phone").Where(p => Number(p) is not null).ToList();
        return phones is []
            ? null
            : new([.. phones.Select(p => new DialInNumber(Number(p)!, p.Text("regionCode")?.ToUpperInvariant()))], phones[0].Text("pin"));
    }

    private static string? CallStatus(JsonElement json) =>
        json.At("conferenceData")?.At("createRequest")?.At("status")?.Text("statusCode");

    private static IEnumerable<JsonElement> Points(JsonElement json, string type) =>
        (json.At("conferenceData")?.List("entryPoints") ?? []).Where(p => p.Text("entryPointType") == type);

    // The label is as people write it, the address as machines do.
    private static string? Number(JsonElement point) => point.Text("label") is { Length: > 0 } label
        ? label
        : point.Text("uri") is { } uri && uri.StartsWith("tel:", StringComparison.Ordinal) ? uri["tel:".Length..].Split(',', ';')[0] : null;

    private static JsonObject Time(DateTimeOffset time, string zone) => new()
    {
        ["dateTime"] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["timeZone"] = zone,
    };
}
