using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;
using Microsoft.AspNetCore.Http;
using Tests.Plugins.Vendors;

namespace Tests.Plugins.GoogleMeet;

/// <summary>Google as the plugin meets it: sign-in, calendars, calls and their records.</summary>
internal sealed class FakeGoogle(TimeProvider clock)
    : VendorServer("oauth2.googleapis.com", "openidconnect.googleapis.com", "www.googleapis.com", "meet.googleapis.com")
{
    public const string ServiceAccount = "portal@project.iam.gserviceaccount.com";
    public const string Consent = "refresh-of-maha";
    public const string Code = "abc-mnop-xyz";

    private readonly Dictionary<string, (string User, string[] Scopes)> tokens = [];

    public static RSA Key { get; } = RSA.Create(2048);

    public HashSet<string> Users { get; } = ["maha@school.example", "desk@school.example"];

    /// <summary>What the Admin console lets the service account do.</summary>
    public HashSet<string> Delegated { get; } = [.. Scopes("calendar.events", "meetings.space.readonly", "userinfo.email")];

    public HashSet<string> Granted { get; } = [.. Scopes("calendar.events", "meetings.space.readonly", "userinfo.email")];

    public HashSet<string> Consents { get; } = [Consent];

    /// <summary>By calendar and id.</summary>
    public Dictionary<string, JsonObject> Events { get; } = [];

    /// <summary>How often a new call is still pending when it is asked for.</summary>
    public int Pending { get; set; }

    public bool CallsFail { get; set; }

    public bool CallIsOn { get; set; } = true;

    public JsonObject Records { get; set; } = [];

    public int TokensGiven { get; private set; }

    /// <summary>How far Google's clock is ahead.</summary>
    public TimeSpan Ahead { get; set; }

    public static string[] Scopes(params string[] names) => [.. names.Select(n => "https://www.googleapis.com/auth/" + n)];

    /// <summary>Every token given so far is refused from now on.</summary>
    public void ForgetTokens() => tokens.Clear();

    protected override DateTimeOffset Now => clock.GetUtcNow() + Ahead;

    protected override Task AnswerAsync(Sent sent, HttpContext context)
    {
        if (sent.Host == "oauth2.googleapis.com")
            return sent.Path == "/token" ? TokenAsync(HttpUtility.ParseQueryString(sent.Body), context) : RevokeAsync(sent, context);
        if (sent.Token is null || !tokens.TryGetValue(sent.Token, out var who))
            return ErrorAsync(context, 401, "UNAUTHENTICATED", "authError");
        return sent.Host switch
        {
            "openidconnect.googleapis.com" => JsonAsync(context, new { sub = "1001", email = who.User, email_verified = true }),
            "www.googleapis.com" when !who.Scopes.Contains(Scopes("calendar.events")[0]) =>
                ErrorAsync(context, 403, "PERMISSION_DENIED", "insufficientPermissions"),
            "www.googleapis.com" => CalendarAsync(sent, sent.Path, context),
            _ => MeetAsync(sent, sent.Path, context),
        };
    }

    private Task TokenAsync(System.Collections.Specialized.NameValueCollection form, HttpContext context)
    {
        if (form["assertion"] is { } assertion)
        {
            var parts = assertion.Split('.');
            var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
            var user = (string?)claims["sub"] ?? ServiceAccount;
            var scopes = ((string)claims["scope"]!).Split(' ');
            var issued = DateTimeOffset.FromUnixTimeSeconds((long)claims["iat"]!);
            return !Key.VerifyData(System.Text.Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]),
                HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) || (string?)claims["iss"] != ServiceAccount
                ? RefuseAsync(context, "invalid_grant", "Invalid JWT Signature.")
                : (clock.GetUtcNow() + Ahead - issued).Duration() > TimeSpan.FromMinutes(10)
                ? RefuseAsync(context, "invalid_grant", "Invalid JWT: Token must be a short-lived token and in a reasonable timeframe.")
                : user != ServiceAccount && scopes.Except(Delegated).Any()
                ? RefuseAsync(context, "unauthorized_client", "Client is unauthorized to retrieve access tokens using this method.", 401)
                : user != ServiceAccount && !Users.Contains(user)
                ? RefuseAsync(context, "invalid_grant", "Invalid email or User ID")
                : GiveAsync(context, user, scopes);
        }
        if (form["client_secret"] != GoogleBench.ClientSecret)
            return RefuseAsync(context, "invalid_client", "The provided client secret is invalid.", 401);
        if (form["code"] is { } code)
            return code == "good"
                ? GiveAsync(context, "maha@gmail.example", [.. Granted], Consent)
                : RefuseAsync(context, "invalid_grant", "Malformed auth code.");
        return Consents.Contains(form["refresh_token"]!)
            ? GiveAsync(context, "maha@gmail.example", [.. Granted])
            : RefuseAsync(context, "invalid_grant", "Token has been expired or revoked.");
    }

    private Task GiveAsync(HttpContext context, string user, string[] scopes, string? refresh = null)
    {
        var token = $"ya29.{++TokensGiven}";
        tokens[token] = (user, scopes);
        return JsonAsync(context, new
        {
            access_token = token,
            expires_in = 3599,
            token_type = "Bearer",
            scope = string.Join(' ', scopes),
            refresh_token = refresh,
        });
    }

    private static Task RefuseAsync(HttpContext context, string error, string description, int status = 400) =>
        JsonAsync(context, new { error, error_description = description }, status);

    private Task RevokeAsync(Sent sent, HttpContext context)
    {
        var token = HttpUtility.ParseQueryString(sent.Body)["token"] ?? sent.Query["token"].ToString();
        return Consents.Remove(token) ? JsonAsync(context, new { }) : RefuseAsync(context, "invalid_token", "Token expired or revoked");
    }

    public static Task ErrorAsync(HttpContext context, int status, string name, string reason) => JsonAsync(context, new
    {
        error = new { code = status, message = "of maha@school.example", status = name, errors = new[] { new { domain = "x", reason } } },
    }, status);

    private Task CalendarAsync(Sent sent, string path, HttpContext context)
    {
        var parts = path.Split('/'); // "", calendar, v3, calendars, {id}, events, {event}
        if (parts[4] is not "primary")
            return ErrorAsync(context, 404, "NOT_FOUND", "notFound");
        if (parts.Length == 6)
            return sent.Method == "POST"
                ? InsertAsync(JsonNode.Parse(sent.Body)!.AsObject(), context)
                : JsonAsync(context, new { items = Events.Values });
        if (!Events.TryGetValue(parts[6], out var found))
            return ErrorAsync(context, 404, "NOT_FOUND", "notFound");
        if (sent.Method == "DELETE")
        {
            if ((string?)found["status"] == "cancelled")
                return ErrorAsync(context, 410, "GONE", "deleted");
            found["status"] = "cancelled";
            return JsonAsync(context, null, 204);
        }
        if (sent.Method == "PATCH")
            Merge(found, JsonNode.Parse(sent.Body)!.AsObject());
        else
            Ripen(found);
        return JsonAsync(context, found);
    }

    private Task InsertAsync(JsonObject body, HttpContext context)
    {
        var id = (string)body["id"]!;
        if (Events.ContainsKey(id))
            return ErrorAsync(context, 409, "ALREADY_EXISTS", "duplicate");
        Events[id] = [];
        Merge(Events[id], body);
        return JsonAsync(context, Events[id]);
    }

    private void Merge(JsonObject into, JsonObject body)
    {
        foreach (var (name, value) in body)
            into[name] = value?.DeepClone();
        if (body["conferenceData"] is null)
            return;
        Say(into, "pending");
        Ripen(into);
    }

    // A call comes into being a while after its event.
    private void Ripen(JsonObject found)
    {
        if ((string?)found["conferenceData"]?["createRequest"]?["status"]?["statusCode"] is not "pending" || Pending-- > 0)
            return;
        Say(found, CallsFail ? "failure" : "success");
        if (CallsFail)
            return;
        found["hangoutLink"] = $"https://meet.google.com/{Code}";
        found["conferenceData"]!["entryPoints"] = JsonSerializer.SerializeToNode(new object[]
        {
            new { entryPointType = "video", uri = $"https://meet.google.com/{Code}", label = $"meet.google.com/{Code}" },
            new { entryPointType = "phone", uri = "tel:+20-2-1234-5678", label = "+20 2 1234 5678", regionCode = "EG", pin = "4711" },
            new { entryPointType = "more", uri = "https://tel.meet/x" },
        });
    }

    private static void Say(JsonObject found, string status) =>
        found["conferenceData"]!["createRequest"]!["status"] = new JsonObject { ["statusCode"] = status };

    private Task MeetAsync(Sent sent, string path, HttpContext context)
    {
        if (path.EndsWith(":endActiveConference", StringComparison.Ordinal))
        {
            if (!CallIsOn)
                return ErrorAsync(context, 400, "FAILED_PRECONDITION", "failedPrecondition");
            CallIsOn = false;
            return JsonAsync(context, new { });
        }
        if (path.StartsWith("/v2/spaces/", StringComparison.Ordinal))
            return JsonAsync(context, new { name = "spaces/jQCFfuBOdN5z", meetingCode = Code });
        var page = sent.Query["pageToken"].ToString();
        return JsonAsync(context, Records[path + (page is "" ? "" : "#" + page)] ?? new JsonObject());
    }
}
