using System.Net;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Portal.Data;
using Portal.Observability;
using Portal.Pages.Shared;
using Tests.Support;

namespace Tests.Pages;

/// <summary>A checkbox that holds no yes and no no is a mistake of whoever sent it.</summary>
public sealed class BooleanFieldTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Junk = "x\r\ninfo: Portal…\u001b[31m";

    private readonly Scene _scene = new(app);

    [Theory]
    [InlineData("/account/sign-in", "Remember", "Email=a@people.example&Password=x")]
    [InlineData("/settings", "Input.IsPaused", "Input.Headline=x")]
    public async Task Junk_is_refused_with_the_form_kept(string page, string field, string others)
    {
        var browser = page == "/settings" ? await _scene.BrowserAsync(await _scene.MentorAsync()) : app.Visitor();
        var fields = others.Split('&').ToDictionary(f => f.Split('=')[0], f => f.Split('=')[1]);
        fields[field] = Junk;
        using var answer = await Forms.PostAsync(browser, page, fields);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains(others.StartsWith("Email", StringComparison.Ordinal) ? "a@people.example" : "value=\"x\"", text);
        Assert.DoesNotContain("info: Portal", text);
        Assert.Empty(app.Log.Errors);
    }

    [Theory]
    [InlineData("/mentors/MENTOR?start=SLOT", "Input.OrWait")]
    [InlineData("/mentors/MENTOR?start=SLOT", "Input.Guests[0].Observes")]
    [InlineData("/mentors/MENTOR?start=SLOT", "Input.LeaveOut")]
    [InlineData("/sessions/SESSION/people?handler=Invite", "Guest.Observes")]
    [InlineData("/sessions/SESSION/cancel", "following")]
    [InlineData("/sessions/SESSION/move", "following")]
    [InlineData("/settings/hours", "Input.ConfirmsByHand")]
    public async Task Junk_in_any_box_is_no_failure_of_ours(string page, string field)
    {
        var mentor = await _scene.MentorAsync();
        var session = await _scene.BookedAsync(mentor);
        var browser = await _scene.BrowserAsync(page.Contains("MENTOR") ? await _scene.PersonAsync() : mentor);
        page = page.Replace("MENTOR", $"{mentor.Id}").Replace("SESSION", $"{session.Id}")
            .Replace("SLOT", $"{_scene.Slot.AddHours(3):yyyy-MM-ddTHH:mm:ssZ}");
        using var answer = await Forms.PostAsync(browser, page.Split("?handler")[0], new() { [field] = Junk }, page);
        Assert.InRange((int)answer.StatusCode, 200, 499);
        Assert.Empty(app.Log.Errors);
    }

    [Fact]
    public void One_binder_reads_every_yes_and_no()
    {
        var provider = app.Services.GetRequiredService<IModelMetadataProvider>();
        var factory = app.Services.GetRequiredService<IModelBinderFactory>();
        var fields = typeof(PortalDbContext).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(PageModel)))
            .SelectMany(t => t.GetProperties()).Where(p => p.PropertyType == typeof(bool) && p.CanWrite).ToList();
        Assert.NotEmpty(fields);
        foreach (var type in new[] { typeof(bool), typeof(bool?) })
            Assert.IsType<BooleanBinder>(factory.CreateBinder(new() { Metadata = provider.GetMetadataForType(type), CacheToken = type }));
    }

    [Theory]
    [InlineData("true", true), InlineData("True", true), InlineData("on", true), InlineData("false", false)]
    [InlineData("1", null), InlineData("yes", null), InlineData("true,false", null), InlineData(null, null)]
    public void Yes_and_no_are_what_a_browser_sends(string? text, bool? read) => Assert.Equal(read, BooleanBinder.Read(text));

    [Fact]
    public void A_failure_in_the_log_is_cut_and_keeps_to_its_line()
    {
        var text = FailureText.Of(new InvalidOperationException(Junk + new string('x', 100_000), new FormatException("inner\nline")));
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain("\ninfo", text);
        Assert.Contains("System.InvalidOperationException: x", text);
        Assert.Contains("System.FormatException: inner line", text);
        Assert.True(text.Length < 1000);
    }
}
