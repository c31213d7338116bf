using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Plugins.Zoom;
using Tests.Support;

namespace Tests.Plugins.Zoom;

/// <summary>What came in.</summary>
internal sealed record ZoomRequest(string Method, string Path, string Query, string Body);

/// <summary>A Zoom on this machine, with meetings, registrants, tokens that end, limits, and the bad manners a test asks for.</summary>
internal sealed class FakeZoom : IDisposable
{
    public const string Secret = "s3cret";
    public const string Host = "host@school.example";

    private readonly WebApplication app;
    private readonly TestClock clock;
    private readonly Lock turn = new();
    private readonly List<(string Method, string Part, Func<HttpContext, Task<bool>> Answer)> manners = [];
    private readonly Dictionary<string, DateTimeOffset> tokens = [];
    private int numbers;

    public FakeZoom(TestClock clock)
    {
        this.clock = clock;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(ServeAsync);
        app.StartAsync().GetAwaiter().GetResult();
    }

    public List<ZoomRequest> Requests { get; } = [];

    public Dictionary<long, JsonObject> Meetings { get; } = [];

    public List<(long Meeting, JsonObject Registrant)> Registrants { get; } = [];

    /// <summary>By the run's uuid.</summary>
    public Dictionary<string, List<JsonObject>> Participants { get; } = [];

    public HashSet<string> Users { get; } = [Host, "maha@example.org"];

    public string Scope { get; set; } =
        "meeting:write:admin meeting:read:admin user:read:admin";

    public int UserType { get; set; } = 2;

    public string UserStatus { get; set; } = "active";

    public int PageSize { get; set; } = 300;

    public TimeSpan ClockOff { get; set; }

    public int TokensGiven => tokens.Count;

    public ZoomOptions Options() => new()
    {
        AccountId = "account",
        ClientId = "client",
        ClientSecret = Secret,
        WebhookSecret = ZoomBench.WebhookSecret,
        HostUser = Host,
        ApiUrl = app.Urls.First() + "/v2",
        TokenUrl = app.Urls.First() + "/oauth/token",
    };

    public IEnumerable<ZoomRequest> Sent(string method, string part) =>
        Requests.Where(r => r.Method == method && r.Path.Contains(part, StringComparison.Ordinal));

    /// <summary>The next such request is answered otherwise; false lets it pass.</summary>
    public void Once(string method, string part, Func<HttpContext, Task<bool>> answer)
    {
        lock (turn)
            manners.Add((method, part, answer));
    }

    public void Refuse(string method, string part, int status, int code, string message = "", params (string, string)[] headers) =>
        Once(method, part, async http =>
        {
            foreach (var (name, value) in headers)
                http.Response.Headers[name] = value;
            await SayAsync(http, status, Error(code, message));
            return true;
        });

    public void Dispose() => ((IAsyncDisposable)app).DisposeAsync().AsTask().GetAwaiter().GetResult();

    public static JsonObject Error(int code, string message) => new() { ["code"] = code, ["message"] = message };

    public static async Task SayAsync(HttpContext http, int status, JsonNode? body)
    {
        http.Response.StatusCode = status;
        if (body is not null)
            await http.Response.WriteAsync(body.ToJsonString());
    }

    /// <summary>Carries the request out, and does not let the answer through.</summary>
    public async Task<bool> DoAsync(HttpContext http, Func<HttpContext, JsonNode?, Task> answer)
    {
        var (_, body) = await HandleAsync(http);
        await answer(http, body);
        return true;
    }

    private async Task ServeAsync(HttpContext http)
    {
        http.Request.EnableBuffering();
        var body = await new StreamReader(http.Request.Body, Encoding.UTF8, leaveOpen: true).ReadToEndAsync();
        http.Request.Body.Position = 0;
        var path = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        http.Response.Headers.Date = (clock.GetUtcNow() + ClockOff).ToString("r", CultureInfo.InvariantCulture);
        Func<HttpContext, Task<bool>>? manner = null;
        lock (turn)
        {
            Requests.Add(new(http.Request.Method, path, http.Request.QueryString.Value ?? "", body));
            var at = manners.FindIndex(m => m.Method == http.Request.Method && path.Contains(m.Part, StringComparison.Ordinal));
            if (at >= 0)
            {
                manner = manners[at].Answer;
                manners.RemoveAt(at);
            }
        }
        if (manner is not null && await manner(http))
            return;
        var (status, answer) = await HandleAsync(http);
        await SayAsync(http, status, answer);
    }

    private async Task<(int, JsonNode?)> HandleAsync(HttpContext http)
    {
        var body = await new StreamReader(http.Request.Body).ReadToEndAsync();
        http.Request.Body.Position = 0;
        var path = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        lock (turn)
        {
            if (path == "/oauth/token")
                return Token(http, body);
            var bearer = http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
            if (!tokens.TryGetValue(bearer, out var until) || until <= clock.GetUtcNow())
                return (401, Error(124, "Invalid access token."));
            var parts = path["/v2/".Length..].Split('/');
            return Answer(http, parts, body is "" ? null : JsonNode.Parse(body)!.AsObject());
        }
    }

    private (int, JsonNode?) Token(HttpContext http, string form)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes("client:" + Secret));
        if (http.Request.Headers.Authorization != "Basic " + basic || form != "grant_type=account_credentials&account_id=account")
            return (400, new JsonObject { ["reason"] = "Invalid client_id or client_secret", ["error"] = "invalid_client" });
        var token = "token-" + (tokens.Count + 1);
        tokens[token] = clock.GetUtcNow().AddHours(1);
        return (200, new JsonObject
        {
            ["access_token"] = token,
            ["token_type"] = "bearer",
            ["expires_in"] = 3600,
            ["scope"] = Scope,
            ["api_url"] = "https://api.zoom.us",
        });
    }

    private (int, JsonNode?) Answer(HttpContext http, string[] parts, JsonObject? body) => (http.Request.Method, parts) switch
    {
        ("GET", ["users", var user]) => Users.Contains(Uri.UnescapeDataString(user))
            ? (200, new JsonObject { ["type"] = UserType, ["status"] = UserStatus }) : (404, Error(1001, "User does not exist.")),
        (_, ["users", var user, "meetings"]) when !Users.Contains(Uri.UnescapeDataString(user)) =>
            (404, Error(1001, "User does not exist.")),
        ("POST", ["users", var user, "meetings"]) => Create(Uri.UnescapeDataString(user), body!),
        ("GET", ["users", var user, "meetings"]) => Page(http, "meetings",
            Meetings.Values.Where(m => (string)m["host_email"]! == Uri.UnescapeDataString(user))),
        ("GET", ["past_meetings", _, "participants"]) or ("GET", ["report", "meetings", _, "participants"]) =>
            Participants.TryGetValue(Run(parts[^2]), out var people) ? Page(http, "participants", people) : Gone(),
        ("GET", ["past_meetings", var id]) => Meetings.TryGetValue(Number(id), out var past) && past.ContainsKey("last_run")
            ? (200, new JsonObject { ["id"] = Number(id), ["uuid"] = (string)past["last_run"]! }) : Gone(),
        (_, ["meetings", var id, ..]) when !Meetings.ContainsKey(Number(id)) => Gone(),
        ("GET", ["meetings", var id]) => (200, Read(Meetings[Number(id)])),
        ("PATCH", ["meetings", var id]) => Change(Meetings[Number(id)], body!),
        ("DELETE", ["meetings", var id]) => Delete(Number(id)),
        ("PUT", ["meetings", var id, "status"]) => Stop(Meetings[Number(id)]),
        ("POST", ["meetings", var id, "registrants"]) => Register(Number(id), body!),
        ("GET", ["meetings", var id, "registrants"]) => Page(http, "registrants",
            Registrants.Where(r => r.Meeting == Number(id)).Select(r => r.Registrant)),
        _ => (404, null),
    };

    private (int, JsonNode?) Create(string user, JsonObject body)
    {
        var id = 93_000_000_000 + ++numbers;
        var meeting = new JsonObject
        {
            ["id"] = id,
            ["uuid"] = $"/run//{numbers}==",
            ["host_email"] = user,
            ["status"] = "waiting",
            ["join_url"] = $"https://us05web.zoom.us/j/{id}?pwd=abc.1",
            ["pstn_password"] = 123456, // a number where a text is meant, as vendors do
        };
        foreach (var (name, value) in body)
            meeting[name] = value?.DeepClone();
        ((JsonObject)(meeting["settings"] ??= new JsonObject()))["global_dial_in_numbers"] = new JsonArray(
            new JsonObject { ["country"] = "EG", ["number"] = "+20 2 1234567", ["type"] = "toll" },
            new JsonObject { ["country"] = "US", ["number"] = "+1 2025550100", ["type"] = "tollfree" });
        Meetings[id] = meeting;
        return (201, Read(meeting));
    }

    // Each look gives a new link for the host.
    private JsonObject Read(JsonObject meeting)
    {
        var read = (JsonObject)meeting.DeepClone();
        read["start_url"] = $"https://us05web.zoom.us/s/{(long)meeting["id"]!}?zak=secret-{++numbers}";
        return read;
    }

    private static (int, JsonNode?) Change(JsonObject meeting, JsonObject body)
    {
        if ((string)meeting["status"]! == "started")
            return (400, Error(3000, "Cannot update a started meeting."));
        foreach (var (name, value) in body)
            meeting[name] = value?.DeepClone();
        return (204, null);
    }

    private (int, JsonNode?) Delete(long id)
    {
        if ((string)Meetings[id]["status"]! == "started")
            return (400, Error(3002, "Sorry, you cannot delete this meeting since it's in progress."));
        Meetings.Remove(id);
        return (204, null);
    }

    private static (int, JsonNode?) Stop(JsonObject meeting)
    {
        if ((string)meeting["status"]! != "started")
            return (400, Error(3007, "Meeting has ended."));
        meeting["status"] = "waiting";
        return (204, null);
    }

    private (int, JsonNode?) Register(long id, JsonObject body)
    {
        if ((int?)Meetings[id]["settings"]?["approval_type"] != 0 || UserType == 1)
            return (400, Error(200, "Only available for Paid account."));
        var email = (string)body["email"]!;
        var before = Registrants.Count(r => r.Meeting == id && (string)r.Registrant["email"]! == email);
        if (before >= 3)
            return (429, Error(429, "You have exceeded the daily rate limit of (3) for this registrant."));
        var registrant = new JsonObject
        {
            ["id"] = "registrant-" + email[..8],
            ["email"] = email,
            ["first_name"] = (string)body["first_name"]!,
            ["join_url"] = $"https://us05web.zoom.us/w/{id}?tk={email[..8]}",
        };
        Registrants.Add((id, registrant));
        return (201, new JsonObject
        {
            ["registrant_id"] = (string)registrant["id"]!,
            ["id"] = id,
            ["join_url"] = (string)registrant["join_url"]!,
        });
    }

    private (int, JsonNode?) Page(HttpContext http, string name, IEnumerable<JsonObject> all)
    {
        var skip = int.TryParse(http.Request.Query["next_page_token"], out var given) ? given : 0;
        var rest = all.Skip(skip).ToList();
        return (200, new JsonObject
        {
            ["next_page_token"] = rest.Count > PageSize ? (skip + PageSize).ToString(CultureInfo.InvariantCulture) : "",
            [name] = new JsonArray([.. rest.Take(PageSize).Select(m => (JsonNode)m.DeepClone())]),
        });
    }

    // A server that takes the path apart at its slashes after decoding it once: what is left is decoded here.
    private static string Run(string part)
    {
        var once = Uri.UnescapeDataString(part);
        return once.Contains('/') ? "cut at a slash" : Uri.UnescapeDataString(once);
    }

    private static (int, JsonNode?) Gone() => (404, Error(3001, "Meeting does not exist."));

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
