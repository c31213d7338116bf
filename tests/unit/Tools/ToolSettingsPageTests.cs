using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Portal.ProviderHost;
using Portal.Tools;
using Tests.Support;

namespace Tests.Tools;

/// <summary>The form that is drawn from a plugin's settings class, and what comes of filling it in.</summary>
public sealed class ToolSettingsPageTests(ToolBench bench) : IClassFixture<ToolBench>
{
    private const string Secret = "hush-hush-hush";

    [Theory]
    [InlineData("en", "Save settings", "must be at least 8 characters")]
    [InlineData("ar", "حفظ الإعدادات", "يجب ألا يقل طول Secret عن 8")]
    public async Task Every_kind_of_setting_is_drawn_and_refused_at_its_field_in_the_readers_language(
        string language, string button, string refusal)
    {
        var admin = await bench.Scene.BrowserAsync(await bench.Scene.PersonAsync("Boss", language, roles: "admin"));
        var account = await bench.AddAsync();
        var page = await admin.GetStringAsync(ToolBench.PageOf(account));
        Assert.Contains(button, page);
        Assert.Contains("<legend>Server</legend>", page);
        foreach (var kind in new[] { "type=\"checkbox\" id=\"Input_Values_Contradicts_\"", "<select id=\"Input_Values_Behaviour_\"",
            "type=\"password\" dir=\"ltr\" value=\"\"", "<textarea id=\"Input_Values_Hosts_\"", "maxlength=\"40\"", "value=\"5\"" })
            Assert.Contains(kind, page);

        using var answer = await ToolBench.PostAsync(admin, account, "",
            ("Secret", "short"), ("Limit", "many"), ("Server", new string('x', 41)), ("Behaviour", "17"), ("Patience", "-1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var again = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        foreach (var field in new[] { "Limit", "Behaviour", "Patience" })
            Assert.Contains($"id=\"Input_Values_{field}_-error\"", again);
        Assert.Contains(new string('x', 41), again);
        Assert.DoesNotContain("\"short\"", again);
        Assert.Null((await bench.FindAsync(account.Id)).Settings);

        // What did fit its type is judged by the annotations, with the settings' own names.
        using var judged = await ToolBench.PostAsync(admin, account, "", ("Secret", "short"), ("Server", new string('x', 41)));
        var said = WebUtility.HtmlDecode(await judged.Content.ReadAsStringAsync());
        Assert.Contains("id=\"Input_Values_Secret_-error\"", said);
        Assert.Contains("id=\"Input_Values_Server_-error\"", said);
        Assert.Contains(refusal, said);
    }

    [Fact]
    public async Task What_is_saved_holds_at_once_and_is_in_the_trail_without_its_secret()
    {
        var account = await bench.AddAsync(("Server", "one"), ("Secret", Secret), ("Hosts", " a \r\n\r\n b "), ("Limit", "7"));
        Assert.Equal(PluginState.Active, bench.Providers.FindAccount(account)!.State);
        var check = await bench.Providers.CheckAsync(account, default);
        Assert.Equal(["Server: one.", $"Secret: {Secret.Length}."], check.Findings.Select(f => f.Text));
        Assert.Equal("Server: .", (await bench.Providers.CheckAsync(ToolBench.Tool, default)).Findings[0].Text);

        Assert.DoesNotContain("Server", account.Settings);
        using (await bench.SaveAsync(account, ("Server", "two"), ("Secret", ""))) { }
        check = await bench.Providers.CheckAsync(account, default);
        Assert.Equal(["Server: two.", $"Secret: {Secret.Length}."], check.Findings.Select(f => f.Text));
        var page = await bench.Admin.GetStringAsync(ToolBench.PageOf(account));
        Assert.DoesNotContain(Secret, page);
        Assert.Contains("Admin", page[page.IndexOf("id=\"last-change\"", StringComparison.Ordinal)..]);

        account = await bench.FindAsync(account.Id);
        using (await bench.SaveAsync(account, ("Input.Remove", "Secret"))) { }
        Assert.Equal("Secret: .", (await bench.Providers.CheckAsync(account, default)).Findings[1].Text);
        var trail = await bench.TrailAsync(account.Id);
        Assert.All(trail, t => Assert.Equal(bench.Boss.Id, t.ActorId));
        var changes = trail.Where(t => t.Action == "tool.settings").Select(t => SettingChanges.Read(t.Details)!.Changed).ToList();
        Assert.Equal(["", "one"], changes[0]["Server"]);
        Assert.Equal(["", SettingChanges.Masked], changes[0]["Secret"]);
        Assert.Equal(["one", "two"], Assert.Single(changes[1]).Value);
        Assert.Equal([SettingChanges.Masked, ""], Assert.Single(changes[2]).Value);
        Assert.DoesNotContain(trail, t => t.Details!.Contains(Secret));
    }

    [Fact]
    public async Task What_the_configuration_says_is_shown_and_cannot_be_changed()
    {
        var account = await bench.AddAsync();
        var page = await bench.Admin.GetStringAsync(ToolBench.PageOf(account));
        Assert.Matches("<input id=\"Input_Values_Level_\"[^>]*value=\"3\"[^>]*disabled", page);
        using var answer = await bench.SaveAsync(account, ("Level", "4"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Null((await bench.FindAsync(account.Id)).Settings);
    }

    [Fact]
    public async Task The_second_of_two_administrators_is_told_what_the_first_changed_and_loses_nothing()
    {
        var account = await bench.AddAsync();
        using (await bench.SaveAsync(account, ("Server", "first"), ("Secret", Secret))) { }
        using var late = await bench.SaveAsync(account, ("Server", "second"), ("Limit", "9"));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var page = await late.Content.ReadAsStringAsync();
        var from = page.IndexOf("id=\"changed-meanwhile\"", StringComparison.Ordinal);
        var told = page[from..page.IndexOf("class=\"facts\"", StringComparison.Ordinal)];
        Assert.Contains("<bdi>first</bdi>", told);
        Assert.Contains("<strong>Secret</strong>", told);
        Assert.DoesNotContain("Limit", told);
        Assert.Contains("value=\"second\"", page);
        var now = await bench.FindAsync(account.Id);
        Assert.Contains($"value=\"{now.Version}\"", page);

        using var again = await bench.SaveAsync(now, ("Server", "second"), ("Limit", "9"));
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Equal(["Server: second.", $"Secret: {Secret.Length}."],
            (await bench.Providers.CheckAsync(account, default)).Findings.Select(f => f.Text));
    }

    [Fact]
    public async Task Of_many_who_save_in_one_moment_one_does()
    {
        var account = await bench.AddAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => bench.SaveAsync(account, ("Server", $"racer{i}"))));
        Assert.Equal(
            [HttpStatusCode.Redirect, .. Enumerable.Repeat(HttpStatusCode.Conflict, 5)], answers.Select(a => a.StatusCode).Order());
        Assert.Single(await bench.TrailAsync(account.Id), t => t.Action == "tool.settings");
    }

    [Fact]
    public async Task Settings_that_cannot_be_read_are_kept_until_somebody_says_that_they_may_be_lost()
    {
        var good = await bench.AddAsync(("Server", "good"));
        var account = await bench.AddAsync(("Server", "kept"), ("Secret", Secret));
        await bench.App.InDatabaseAsync(async db =>
        {
            // By hand; also those of another account are not this one's.
            var row = (await db.ProviderAccounts.FindAsync(account.Id))!;
            (row.Settings, row.Version) = (good.Settings, Guid.NewGuid());
            await db.SaveChangesAsync();
            await bench.App.Services.GetRequiredService<HostedTools>().RefreshAsync(db, default);
        });
        Assert.Equal(PluginState.NeedsAttention, bench.Providers.FindAccount(account)!.State);
        Assert.Equal(PluginState.Active, bench.Providers.FindAccount(good)!.State);
        Assert.Contains("id=\"unreadable\"", await bench.Admin.GetStringAsync(ToolBench.PageOf(account)));

        account = await bench.FindAsync(account.Id);
        using var refused = await bench.SaveAsync(account, ("Server", "new"));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(good.Settings, (await bench.FindAsync(account.Id)).Settings);
        using var replaced = await bench.SaveAsync(account, ("Server", "new"), ("Input.Replace", "true"));
        Assert.Equal(HttpStatusCode.Redirect, replaced.StatusCode);
        Assert.Equal("Server: new.", (await bench.Providers.CheckAsync(account, default)).Findings[0].Text);
    }

    [Fact]
    public async Task An_account_that_does_not_start_leaves_the_others_as_they_are()
    {
        var account = await bench.AddAsync(("Behaviour", "ThrowsInConstructor"));
        Assert.Equal(PluginState.Faulted, bench.Providers.FindAccount(account)!.State);
        Assert.Equal(PluginState.Active, bench.Providers.Find(ToolBench.Tool)!.State);
        var page = await bench.Admin.GetStringAsync($"/admin/tools/{ToolBench.Tool}");
        Assert.Contains($"data-id=\"account-{account.Id}\"", page);
        Assert.Contains("NotSupportedException", page);
    }

    [Fact]
    public async Task A_test_of_the_connection_says_what_it_found_and_saves_nothing()
    {
        bench.App.Clock.Advance(TimeSpan.FromMinutes(1));
        var account = await bench.AddAsync(("Server", "saved"), ("Secret", Secret));
        using var answer = await ToolBench.PostAsync(bench.Admin, account, "?handler=Check", ("Server", "typed"));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Server: typed.", page);
        Assert.Contains($"Secret: {Secret.Length}.", page);
        Assert.Contains("value=\"typed\"", page);
        Assert.Equal("Server: saved.", (await bench.Providers.CheckAsync(account, default)).Findings[0].Text);

        using var broken = await ToolBench.PostAsync(bench.Admin, account, "?handler=Check", ("Behaviour", "Throws"));
        Assert.Contains("id=\"check-result\"", await broken.Content.ReadAsStringAsync());
        Assert.Equal(PluginState.Active, bench.Providers.FindAccount(account)!.State);
    }

    [Fact]
    public async Task Tests_of_connections_have_a_budget()
    {
        var account = await bench.AddAsync();
        HttpStatusCode last = default;
        for (var i = 0; i <= CheckBudget.PerMinute && last != HttpStatusCode.TooManyRequests; i++)
        {
            using var answer = await ToolBench.PostAsync(bench.Admin, account, "?handler=Check");
            last = answer.StatusCode;
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        bench.App.Clock.Advance(TimeSpan.FromMinutes(1));
        using var later = await ToolBench.PostAsync(bench.Admin, account, "?handler=Check");
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?handler=Check")]
    [InlineData("?handler=Delete")]
    [InlineData("?handler=Give")]
    public async Task An_open_browser_is_not_enough_to_change_or_to_try_settings(string handler)
    {
        var account = await bench.AddAsync(("Server", "before"));
        var admin = await bench.Scene.BrowserAsync(bench.Boss);
        bench.App.Clock.Advance(TimeSpan.FromMinutes(6));
        using var asked = await ToolBench.PostAsync(admin, account, handler, ("Server", "after"));
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        Assert.Equal(account.Settings, (await bench.FindAsync(account.Id)).Settings);
        await bench.RenewAsync();
    }

    [Fact]
    public async Task Another_portal_sees_a_change_within_a_minute()
    {
        var account = await bench.AddAsync(("Server", "here"));
        await bench.App.InDatabaseAsync(async db =>
        {
            var row = (await db.ProviderAccounts.FindAsync(account.Id))!;
            var vault = bench.App.Services.GetRequiredService<SettingsVault>();
            (row.Settings, row.Version) = (vault.Close(row.Id, new Dictionary<string, string> { ["Server"] = "there" }), Guid.NewGuid());
            await db.SaveChangesAsync();
        });
        Assert.Equal("Server: here.", (await bench.Providers.CheckAsync(account, default)).Findings[0].Text);
        bench.App.Clock.Advance(HostedToolsWatch.Every);
        for (var i = 0; i < 100; i++)
        {
            if ((await bench.Providers.CheckAsync(account, default)).Findings[0].Text == "Server: there.")
                return;
            await Task.Delay(100);
        }
        Assert.Fail("The change was not seen.");
    }
}
