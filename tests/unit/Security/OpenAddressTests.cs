using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tests.Support;

namespace Tests.Security;

/// <summary>What anybody may read costs little, and what is secret is kept by nobody on the way.</summary>
public sealed class OpenAddressTests
{
    [Fact]
    public async Task Nothing_between_a_program_and_the_portal_keeps_an_answer_of_the_API()
    {
        await using var app = await PortalApp.StartAsync();
        var program = await new Scene(app).ProgramAsync(await new Scene(app).PersonAsync());
        var paths = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Where(p => p.StartsWith("/api", StringComparison.Ordinal)).Distinct()
            .Select(p => System.Text.RegularExpressions.Regex.Replace(p, "\\{[^}]+\\}", $"{Guid.NewGuid()}")).ToList();
        Assert.True(paths.Count > 20);
        foreach (var path in paths.Append("/api/none"))
        {
            using var answer = await program.GetAsync(path);
            Assert.True(answer.Headers.CacheControl?.NoStore, $"{path}: {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task The_description_of_the_API_is_drawn_once_whatever_is_asked_along_with_it_and_names_the_portals_own_address()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("RateLimits:Enabled", "true").With("RateLimits:OpenPerMinute", "4"));
        var texts = new List<string>();
        foreach (var query in new[] { "", "?a=1", "?b=2" })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json" + query);
            request.Headers.Host = query is "" ? "evil.example" : "portal.test";
            using var answer = await app.Visitor().SendAsync(request);
            texts.Add(await answer.Content.ReadAsStringAsync());
            Assert.True(query is "" || answer.Headers.Contains("Age"), $"{query} was drawn anew");
        }
        Assert.Single(texts.Distinct());
        Assert.DoesNotContain("evil.example", texts[0]);
        Assert.Contains("portal.test", JsonDocument.Parse(texts[0]).RootElement.GetProperty("servers")[0].GetProperty("url").GetString());
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await app.Visitor().GetAsync("/readyz");
            statuses.Add(answer.StatusCode);
        }
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], statuses);
    }

    [Fact]
    public async Task Visitors_read_the_mentors_and_their_times_so_often_and_people_who_are_signed_in_each_by_themselves()
    {
        await using var app = await PortalApp.StartAsync(a => a.With("RateLimits:Enabled", "true").With("RateLimits:OpenPerMinute", "3"));
        var scene = new Scene(app);
        var mentor = await scene.MentorAsync();
        var person = await scene.BrowserAsync(await scene.PersonAsync());
        foreach (var path in new[] { "/mentors?sort=soonest", $"/mentors/{mentor.Id}" })
        {
            for (var i = 0; i < 3; i++)
                (await app.Visitor().GetAsync(path)).EnsureSuccessStatusCode().Dispose();
            using var refused = await app.Visitor().GetAsync(path);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            (await person.GetAsync(path)).EnsureSuccessStatusCode().Dispose();
        }
    }
}
