using System.Net;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tests.Support;

namespace Tests.Security;

/// <summary>Walks every route that the portal has.</summary>
public sealed class WhoMayCallTests(PortalApp app) : IClassFixture<PortalApp>
{
    /// <summary>What anybody may call. A route that is added here is open to the world: think twice.</summary>
    private static readonly string[] OpenRoutes =
    [
        "/", "/healthz", "/readyz", "/error/{status:int}", "/language", "/openapi/{documentName}.json", "/providers/{id}/room.js",
            "/api/v1/sign-in",
        "/join/{ticket}", "/join/once/{pass}", "/calendar/{token}.ics", "/mail/reminders/{token}", "/mail/none/{token}",
            "/pictures/{userId:guid}/{version}", "/meeting/{id:guid}", "/meeting/{id:guid}/host",
            "/meeting/{id:guid}/beside", "/meeting/{id:guid}/trouble", "/check", "/help", "/meeting/{id:guid}/waiting",
            "/meeting/{id:guid}/live",
        "/join/{link}/live",
        "/account/sign-in", "/account/sign-up", "/account/check-mail", "/account/confirm-email", "/account/resend", "/account/sign-out",
            "/account/access-denied",
        "/account/forgot-password", "/account/reset-password", "/account/new-mail", "/account/sign-in/code",
        // Mentors and their free times, while Mentors:PublicDirectory says so (DirectoryTests hold what is shown).
        "/mentors", "/mentors/{id:guid}", "/zones",
        // Tools call back, and prove themselves in their plugin (WebhookTests).
        "/webhooks/{provider}",
        // A recorder brings a recording, with a secret of its own (RecordingUploadTests).
        "/api/v1/recordings",
    ];

    private List<RouteEndpoint> Routes() => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    private static string Path(RouteEndpoint route) => "/" + route.RoutePattern.RawText!.TrimStart('/');

    private static bool IsOpen(RouteEndpoint route) => route.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static IEnumerable<string> Methods(RouteEndpoint route) =>
        route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"];

    private static string Filled(RouteEndpoint route)
    {
        var path = new StringBuilder();
        foreach (var segment in route.RoutePattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
                path.Append(part switch
                {
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
                    _ => "0199d2f0-6a5c-7c3e-9b7e-2f6d8a1b4c5d",
                });
        }
        return path.Length == 0 ? "/" : path.ToString();
    }

    [Fact]
    public void Every_route_states_who_may_call_it()
    {
        var silent = Routes().Where(r => !IsOpen(r) && r.Metadata.GetMetadata<IAuthorizeData>() is null
            && r.Metadata.GetMetadata<AuthorizationPolicy>() is null);
        Assert.Empty(silent.Select(Path).Distinct());
    }

    [Fact]
    public void Only_the_routes_that_are_meant_to_be_are_open_to_everybody()
    {
        var open = Routes().Where(IsOpen).Select(Path).Distinct();
        Assert.Empty(open.Except(OpenRoutes, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Pages_are_for_people_and_open_neither_by_a_key_nor_by_a_token()
    {
        var scene = new Scene(app);
        var wrong = new List<string>();
        foreach (var program in new[] { (await scene.KeyHolderAsync()).Client, await scene.ProgramAsync(await scene.MentorAsync()) })
        {
            foreach (var route in Routes().Where(r => !IsOpen(r) && !Path(r).StartsWith("/api", StringComparison.Ordinal)))
            {
                foreach (var method in Methods(route))
                {
                    using var answer = await program.SendAsync(new(new(method), Filled(route)));
                    if (answer.StatusCode != HttpStatusCode.Redirect
                        || !answer.Headers.Location!.OriginalString.StartsWith("/account/sign-in?", StringComparison.Ordinal))
                        wrong.Add($"{method} {Path(route)}: {(int)answer.StatusCode}");
                }
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_gets_a_status_from_the_api_and_is_led_to_the_sign_in_by_a_page()
    {
        var closed = Routes().Where(r => !IsOpen(r)).ToList();
        Assert.True(closed.Count(r => Path(r).StartsWith("/api", StringComparison.Ordinal)) >= 8,
            "The walk found too few routes of the API.");
        var wrong = new List<string>();
        foreach (var route in closed)
        {
            foreach (var method in Methods(route))
            {
                using var answer = await app.Visitor().SendAsync(new(new(method), Filled(route)));
                var ok = Path(route).StartsWith("/api", StringComparison.Ordinal)
                    ? answer.StatusCode == HttpStatusCode.Unauthorized && answer.Headers.Location is null
                    : answer.StatusCode == HttpStatusCode.Redirect
                        && answer.Headers.Location!.OriginalString.StartsWith("/account/sign-in?", StringComparison.Ordinal);
                if (!ok)
                    wrong.Add($"{method} {Path(route)}: {(int)answer.StatusCode} {answer.Headers.Location}");
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_token_that_is_none_is_refused_with_a_status()
    {
        foreach (var token in new[] { "Bearer", "Bearer x", "Bearer mk_", "Bearer eyJhbGciOiJub25lIn0.e30.", "Basic YTpi", "mk_abc",
            new string('x', 8_000) })
        {
            var program = app.Visitor();
            program.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", token);
            using var answer = await program.GetAsync("/api/v1/sessions");
            Assert.Equal((token[..Math.Min(30, token.Length)], HttpStatusCode.Unauthorized, null),
                (token[..Math.Min(30, token.Length)], answer.StatusCode, answer.Headers.Location));
        }
    }

    [Fact]
    public async Task The_sign_in_of_the_api_says_the_same_of_an_unknown_address_and_a_wrong_password()
    {
        var person = await new Scene(app).PersonAsync();
        async Task<string> TryAsync(string email)
        {
            using var answer = await app.Visitor().PostAsync("/api/v1/sign-in",
                new StringContent($"{{\"email\":\"{email}\",\"password\":\"wrong-password\"}}", Encoding.UTF8, "application/json"));
            return (await answer.ProblemAsync(401)).GetProperty("title").GetString()!;
        }
        Assert.Equal(await TryAsync("nobody@people.example"), await TryAsync(person.Email!));
    }
}
