using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.AspNetCore.Http;
using Tests.Plugins.Vendors;

namespace Tests.Plugins.Teams;

/// <summary>Entra and Graph as the plugin meets them.</summary>
internal sealed class FakeGraph(TimeProvider clock) : VendorServer("login.microsoftonline.com", "graph.microsoft.com")
{
    public const string AnyTenant = "11111111-2222-4333-8444-555555555555";
    public const string Client = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
    public const string Secret = "Q~value-of-the-secret";
    public const string Maha = "99999999-8888-4777-8666-555555555555";

    private readonly HashSet<string> tokens = [];

    /// <summary>Each one's own: Microsoft's library remembers, for the whole process, which tenant asked it to wait.</summary>
    public string Tenant { get; } = Guid.NewGuid().ToString();

    /// <summary>Object ids by user name.</summary>
    public Dictionary<string, string> Users { get; } = new() { ["maha@school.example"] = Maha };

    public HashSet<string> Permissions { get; } = ["OnlineMeetings.ReadWrite.All", "OnlineMeetingArtifact.Read.All", "User.Read.All"];

    /// <summary>What AADSTS number the sign-in is refused with.</summary>
    public string? SignInError { get; set; }

    public bool HasPolicy { get; set; } = true;

    /// <summary>By id.</summary>
    public Dictionary<string, JsonObject> Meetings { get; } = [];

    public JsonObject Reports { get; set; } = [];

    public string Link { get; set; } = "https://teams.microsoft.com/meet/4711?p=abc";

    public int TokensGiven { get; private set; }

    public TimeSpan Ahead { get; set; }

    public void ForgetTokens() => tokens.Clear();

    protected override DateTimeOffset Now => clock.GetUtcNow() + Ahead;

    public static Task ErrorAsync(HttpContext context, int status, string code, string message = "of maha@school.example") =>
        JsonAsync(context, new { error = new { code, message } }, status);

    protected override Task AnswerAsync(Sent sent, HttpContext context)
    {
        if (sent.Host == "login.microsoftonline.com")
            return TokenAsync(sent, context);
        if (sent.Token is null || !tokens.Contains(sent.Token))
            return ErrorAsync(context, 401, "InvalidAuthenticationToken");
        // "", v1.0, users, {user}, onlineMeetings, {meeting}, attendanceReports, {report}, attendanceRecords
        var parts = sent.Path.Split('/');
        if (parts.Length == 4)
            return Users.TryGetValue(parts[3], out var id)
                ? JsonAsync(context, new { id })
                : ErrorAsync(context, 404, "Request_ResourceNotFound");
        if (!Users.ContainsValue(parts[3]))
            return ErrorAsync(context, 404, "UnknownError");
        if (!Permissions.Contains("OnlineMeetings.ReadWrite.All"))
            return ErrorAsync(context, 403, "Forbidden");
        if (!HasPolicy)
            return ErrorAsync(context, 403, "Forbidden", "No application access policy found for this app: maha@school.example");
        return MeetingAsync(sent, parts, context);
    }

    private Task TokenAsync(Sent sent, HttpContext context)
    {
        var form = HttpUtility.ParseQueryString(sent.Body);
        if (sent.Path != $"/{Tenant}/oauth2/v2.0/token" || form["scope"]?.Contains("https://graph.microsoft.com/.default") != true)
            return JsonAsync(context, new { error = "invalid_request", error_description = "AADSTS90002: Tenant not found." }, 400);
        if (SignInError is not null || form["client_secret"] != Secret)
            return JsonAsync(context, new
            {
                error = "invalid_client",
                error_description = $"{SignInError ?? "AADSTS7000215"}: about maha@school.example. Trace ID: 1",
            }, 401);
        var claims = JsonSerializer.Serialize(new { roles = Permissions, n = ++TokensGiven });
        var token = $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.c2ln";
        tokens.Add(token);
        return JsonAsync(context, new { token_type = "Bearer", expires_in = 3599, access_token = token });
    }

    private Task MeetingAsync(Sent sent, string[] parts, HttpContext context)
    {
        if (parts.Length == 5)
            return JsonAsync(context, new { value = Array.Empty<object>() });
        if (parts[5] == "createOrGet")
            return CreateAsync(JsonNode.Parse(sent.Body)!.AsObject(), context);
        if (parts.Length > 6)
            return JsonAsync(context, Reports[string.Join('/', parts[6..]) + (sent.Query.ContainsKey("$skiptoken") ? "#2" : "")]
                ?? new JsonObject { ["value"] = new JsonArray() });
        if (!Meetings.TryGetValue(parts[5], out var found))
            return ErrorAsync(context, 404, "NotFound");
        if (sent.Method == "DELETE")
        {
            Meetings.Remove(parts[5]);
            return JsonAsync(context, null, 204);
        }
        if (sent.Method == "PATCH")
            foreach (var (name, value) in JsonNode.Parse(sent.Body)!.AsObject())
                found[name] = value?.DeepClone();
        return JsonAsync(context, found);
    }

    private Task CreateAsync(JsonObject body, HttpContext context)
    {
        if (Meetings.Values.FirstOrDefault(m => (string?)m["externalId"] == (string?)body["externalId"]) is { } known)
            return JsonAsync(context, known, 200);
        var made = body.DeepClone().AsObject();
        made["id"] = $"MSo{Meetings.Count}_19:meeting_x@thread.v2";
        made["joinWebUrl"] = Link;
        made["audioConferencing"] = JsonSerializer.SerializeToNode(new
        {
            conferenceId = "471147",
            tollNumber = "+20 2 1234567",
            tollNumbers = new[] { "+20 2 1234567", "+44 20 7946 0000" },
        });
        Meetings[(string)made["id"]!] = made;
        return JsonAsync(context, made, 201);
    }
}
