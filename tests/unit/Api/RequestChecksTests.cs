using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tests.Support;

namespace Tests.Api;

/// <summary>What is refused before a call runs.</summary>
public sealed class RequestChecksTests(PortalApp app) : IClassFixture<PortalApp>
{
    private readonly Scene _scene = new(app);

    /// <summary>With the type of body that each takes: another is refused before anybody asks who calls.</summary>
    private List<(string Method, string Path, string Type)> CallsOfAccounts() =>
        [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<MethodInfo>()?.GetParameters().Any(p => p.ParameterType.Name == "Me") == true)
            .Select(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0], Filled(e.RoutePattern.RawText!),
                e.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes[0] ?? "application/json"))];

    private static string Filled(string path) => Regex.Replace(path, @"\{\w+:guid\}", $"{Guid.NewGuid()}");

    [Fact]
    public async Task A_call_that_is_about_an_account_is_refused_to_a_key_that_has_none()
    {
        var calls = CallsOfAccounts();
        Assert.True(calls.Count > 25, $"Only {calls.Count} calls were found.");
        var (key, _) = await _scene.KeyHolderAsync();
        foreach (var (method, path, type) in calls)
        {
            var body = method is "GET" or "DELETE" ? null : new StringContent("{}", new MediaTypeHeaderValue(type));
            using var answer = await key.SendAsync(new(new(method), path) { Content = body });
            Assert.Equal((path, 403), (path, (int)answer.StatusCode));
        }
    }

    [Fact]
    public async Task All_fields_that_do_not_fit_are_named_at_once_by_their_names_in_json()
    {
        var program = await _scene.ProgramAsync(await _scene.PersonAsync());
        using var answer = await program.PostAsJsonAsync("/api/v1/sessions", new
        {
            topic = new string('x', 201),
            note = new string('x', 1001),
            series = new { count = 1 },
            guests = new object?[] { new { role = "pet" }, null, new { role = "observer" } },
        });
        var errors = (await answer.ProblemAsync(422)).GetProperty("errors");
        Assert.Equal(
            ["guests[0].role", "guests[1].email", "guests[1].name", "mentorId", "note", "series", "start", "topic"],
            errors.EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        Assert.All(errors.EnumerateObject(), e => Assert.False(string.IsNullOrEmpty(Assert.Single(e.Value.EnumerateArray()).GetString())));
    }
}
