using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Tests.Support;

namespace Tests.Observability;

/// <summary>What the log says of requests, and what it never says.</summary>
public sealed class RequestLogTests
{
    [Fact]
    public async Task The_log_names_routes_and_never_a_ticket_a_token_an_address_or_a_topic()
    {
        await using var app = await PortalApp.StartAsync();
        var scene = new Scene(app);
        var session = await scene.BookedAsync(topic: "Leaving my employer");
        var link = await scene.LinkAsync(session.MenteePart);
        scene.GoTo(session);
        var program = await scene.ProgramAsync(session.Mentee);
        var token = program.DefaultRequestHeaders.Authorization!.Parameter!;
        var (keyHolder, _) = await scene.KeyHolderAsync();
        var key = keyHolder.DefaultRequestHeaders.Authorization!.Parameter!;

        using (await app.Visitor().GetAsync(link + "?utm=tracked-by-mail")) { }
        using var entered = await app.Visitor().PostAsync(link, null);
        using (await app.Visitor().GetAsync(link[..^1] + "!")) { }
        using (await program.PostAsync($"/api/mentoring/session/{session.Id}/join", null)) { }
        using (await keyHolder.PostAsync($"/api/mentoring/session/{session.Id}/generate-link", null)) { }
        using (await program.PostAsJsonAsync($"/api/v1/sessions/{session.Id}/cancel", new { reason = "My private reason" })) { }
        using (await (await scene.BrowserAsync(session.Mentee)).GetAsync($"/sessions/{session.Id}")) { }

        var log = app.Log.Text;
        Assert.Contains("GET join/{ticket} 200", log);
        Assert.Contains("POST join/{ticket} 303", log);
        Assert.All(
            new[] { link.Split('/')[^1], link.Split('.')[^1], token, key, session.Mentee.Email!, session.Mentor.Email!,
            "Leaving my employer", "My private reason", Scene.Password, "tracked-by-mail", entered.Headers.Location!.AbsolutePath[1..] },
            secret => Assert.DoesNotContain(secret, log));
    }

    [Fact]
    public async Task What_fails_inside_is_logged_whole_and_told_to_nobody()
    {
        var fails = false;
        await using var app = await PortalApp.StartAsync(a => a.With(s => s.AddScoped(scope => fails
            ? throw new InvalidOperationException("the inner reason")
            : ActivatorUtilities.CreateInstance<Portal.Sessions.SessionQueries>(scope))));
        var scene = new Scene(app);
        var person = await scene.PersonAsync();
        var (program, browser) = (await scene.ProgramAsync(person), await scene.BrowserAsync(person));
        fails = true;
        using var api = await program.GetAsync("/api/v1/sessions");
        using var page = await browser.GetAsync("/sessions");

        await api.ProblemAsync(500);
        Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode);
        foreach (var answer in new[] { api, page })
        {
            var text = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain("the inner reason", text);
            Assert.DoesNotContain("   at ", text);
        }
        Assert.Equal(2, app.Log.Errors.Count(e => e.Text.Contains("InvalidOperationException: the inner reason", StringComparison.Ordinal)
            && e.Category == "Portal.Observability.Failures"));
    }
}
