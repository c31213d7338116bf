using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.People.Profile;
using Portal.People.SignIn;
using Tests.People;
using Tests.Support;

namespace Tests.Api;

public sealed class AccountApiTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Account = "/api/v1/account";

    private readonly Scene _scene = new(app);

    [Fact]
    public async Task A_person_reads_and_changes_who_they_are()
    {
        var user = await _scene.PersonAsync();
        var program = await _scene.ProgramAsync(user);
        Assert.Equal(HttpStatusCode.NoContent,
            (await program.PutAsJsonAsync($"{Account}/profile",
            new { name = "مها نصار", language = "ar", timeZone = "Asia/Riyadh" })).StatusCode);
        var read = await (await program.GetAsync(Account)).JsonAsync(HttpStatusCode.OK);
        Assert.Equal((user.Id, user.Email, "مها نصار", "ar", "Asia/Riyadh", false),
            (read.GetProperty("id").GetGuid(), read.GetProperty("email").GetString(),
            read.GetProperty("name").GetString(), read.GetProperty("language").GetString(), read.GetProperty("timeZone").GetString(),
                read.GetProperty("twoFactor").GetBoolean()));

        using var wrong = await program.PutAsJsonAsync($"{Account}/profile", new { name = "", language = "fr", timeZone = "Mars/Olympus" });
        Assert.Equal(new[] { "language", "name", "timeZone" }, Fields(await wrong.ProblemAsync(422)));
    }

    [Fact]
    public async Task Reminders_are_chosen_given_up_and_left_to_the_installation()
    {
        var program = await _scene.ProgramAsync(await _scene.PersonAsync());
        async Task<(string Own, string Installation)> ReadAsync()
        {
            var read = await (await program.GetAsync($"{Account}/reminders")).JsonAsync(HttpStatusCode.OK);
            return (read.GetProperty("minutesBefore").GetRawText(), read.GetProperty("installation").GetRawText());
        }
        Assert.Equal(("null", "[1440,60,15]"), await ReadAsync());
        foreach (var (chosen, own) in new (int[]?, string)[] { ([60, 180, 60], "[180,60]"), ([], "[]"), ([15, 60, 1440], "null"),
            ([30], "[30]"), (null, "null") })
        {
            using var saved = await program.PutAsJsonAsync($"{Account}/reminders", new { minutesBefore = chosen });
            Assert.Equal((HttpStatusCode.NoContent, (own, "[1440,60,15]")), (saved.StatusCode, await ReadAsync()));
        }
        await program.PutAsJsonAsync($"{Account}/reminders", new { minutesBefore = new[] { 30 } });
        foreach (var wrong in new int[][] { [7], [0], [-60], [60, int.MaxValue] })
        {
            using var refused = await program.PutAsJsonAsync($"{Account}/reminders", new { minutesBefore = wrong });
            Assert.Equal("minutesBefore", Fields(await refused.ProblemAsync(422)).Single());
        }
        foreach (var nonsense in new[] { "{\"minutesBefore\":\"soon\"}", "{\"minutesBefore\":[1e99]}", "[", "" })
        {
            using var refused = await program.PutAsync($"{Account}/reminders",
                new StringContent(nonsense, System.Text.Encoding.UTF8, "application/json"));
            await refused.ProblemAsync(400);
        }
        Assert.Equal("[30]", (await ReadAsync()).Own);
        var (key, _) = await _scene.KeyHolderAsync();
        await (await key.GetAsync($"{Account}/reminders")).ProblemAsync(403);
        await (await key.PutAsJsonAsync($"{Account}/reminders", new { minutesBefore = new[] { 60 } })).ProblemAsync(403);
    }

    [Fact]
    public async Task A_picture_comes_as_the_body_and_is_served_as_drawn_here()
    {
        var program = await _scene.ProgramAsync(await _scene.PersonAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await program.PutAsync($"{Account}/picture", Bytes(Samples.Png()))).StatusCode);
        var url = (await (await program.GetAsync(Account)).JsonAsync(HttpStatusCode.OK)).GetProperty("pictureUrl").GetString()!;
        Assert.StartsWith("http://portal.test/pictures/", url);
        foreach (var (file, status) in new[] { (new byte[PictureFile.MaxBytes + 10], 422), ("<svg/>"u8.ToArray(), 422),
            (Array.Empty<byte>(), 422) })
            Assert.Equal("picture", Fields(await (await program.PutAsync($"{Account}/picture", Bytes(file))).ProblemAsync(status))
                .Single());
        Assert.Equal(HttpStatusCode.NoContent, (await program.DeleteAsync($"{Account}/picture")).StatusCode);
        Assert.Equal(JsonValueKind.Null, (await (await program.GetAsync(Account)).JsonAsync(HttpStatusCode.OK))
            .GetProperty("pictureUrl").ValueKind);
    }

    [Fact]
    public async Task Another_password_needs_the_old_one_and_signs_the_other_devices_out()
    {
        var user = await _scene.PersonAsync();
        var (program, other) = (await _scene.ProgramAsync(user), await _scene.BrowserAsync(user));
        using var wrong = await program.PostAsJsonAsync($"{Account}/password",
            new { currentPassword = "not this one", newPassword = "a long new one" });
        Assert.Equal("currentPassword", Fields(await wrong.ProblemAsync(422)).Single());
        using var weak = await program.PostAsJsonAsync($"{Account}/password",
            new { currentPassword = Scene.Password, newPassword = "short" });
        Assert.Equal("newPassword", Fields(await weak.ProblemAsync(422)).Single());

        Assert.Equal(2, (await (await program.GetAsync($"{Account}/devices")).JsonAsync(HttpStatusCode.OK)).GetArrayLength());
        Assert.Equal(HttpStatusCode.NoContent,
            (await program.PostAsJsonAsync($"{Account}/password",
            new { currentPassword = Scene.Password, newPassword = "a long new one" })).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/sessions")).StatusCode);
        Assert.True((await (await program.GetAsync($"{Account}/devices")).JsonAsync(HttpStatusCode.OK))[0].GetProperty("thisOne")
            .GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await (await _scene.ProgramOfAsync(user, "a long new one")).GetAsync(Account)).StatusCode);
    }

    [Fact]
    public async Task A_second_factor_is_set_up_used_renewed_and_turned_off()
    {
        var user = await _scene.PersonAsync();
        var program = await _scene.ProgramAsync(user);
        await (await program.PostAsync($"{Account}/two-factor", null)).ProblemAsync(401);
        Assert.Equal(422, (int)(await program.PostAsJsonAsync($"{Account}/proof", new { password = "not this one" })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent,
            (await program.PostAsJsonAsync($"{Account}/proof", new { password = Scene.Password })).StatusCode);
        var key = (await (await program.PostAsync($"{Account}/two-factor", null)).JsonAsync(HttpStatusCode.OK)).GetProperty("key")
            .GetString()!;
        Assert.Equal("code", Fields(await (await program.PostAsJsonAsync($"{Account}/two-factor/confirm", new { code = "000000" }))
            .ProblemAsync(422)).Single());
        using var confirmed = await program.PostAsJsonAsync($"{Account}/two-factor/confirm",
            new { code = Totp.CodeAt(Base32(key), Totp.StepAt(app.Clock.GetUtcNow())) });
        var codes = (await confirmed.JsonAsync(HttpStatusCode.OK)).GetProperty("codes");
        Assert.Equal(10, codes.GetArrayLength());
        Assert.Equal(409, (int)(await program.PostAsync($"{Account}/two-factor", null)).StatusCode);
        Assert.Equal(10, (await (await program.GetAsync(Account)).JsonAsync(HttpStatusCode.OK)).GetProperty("recoveryCodesLeft")
            .GetInt32());

        using var renewed = await program.PostAsJsonAsync($"{Account}/two-factor/recovery-codes", new { password = Scene.Password });
        Assert.NotEqual(codes[0].GetString(), (await renewed.JsonAsync(HttpStatusCode.OK)).GetProperty("codes")[0].GetString());
        Assert.Equal(422, (int)(await program.PostAsJsonAsync($"{Account}/two-factor/off", new { password = "not this one" })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent,
            (await program.PostAsJsonAsync($"{Account}/two-factor/off", new { password = Scene.Password })).StatusCode);
        Assert.Equal(409, (int)(await program.PostAsJsonAsync($"{Account}/two-factor/recovery-codes",
            new { password = Scene.Password })).StatusCode);
    }

    [Fact]
    public async Task One_device_is_signed_out_or_all_of_them_and_nobody_elses()
    {
        var user = await _scene.PersonAsync();
        var (program, other, stranger) =
            (await _scene.ProgramAsync(user), await _scene.BrowserAsync(user), await _scene.ProgramAsync(await _scene.PersonAsync()));
        var device = (await (await program.GetAsync($"{Account}/devices")).JsonAsync(HttpStatusCode.OK)).EnumerateArray()
            .Single(d => !d.GetProperty("thisOne").GetBoolean()).GetProperty("id").GetGuid();
        foreach (var caller in new[] { program, stranger })
            Assert.Equal(HttpStatusCode.NoContent,
                (await caller.PostAsJsonAsync($"{Account}/proof", new { password = Scene.Password })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.DeleteAsync($"{Account}/devices/{device}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await program.DeleteAsync($"{Account}/devices/nonsense")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/sessions")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await program.DeleteAsync($"{Account}/devices/{device}")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/sessions")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await program.PostAsync($"{Account}/sign-out-everywhere", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync(Account)).StatusCode);
    }

    [Fact]
    public async Task Another_address_is_asked_for_and_the_calendars_is_renewed()
    {
        var user = await _scene.PersonAsync();
        var program = await _scene.ProgramAsync(user);
        var wanted = $"new-{Guid.NewGuid():N}@people.example";
        Assert.Equal(HttpStatusCode.Accepted,
            (await program.PostAsJsonAsync($"{Account}/address", new { email = wanted, password = Scene.Password })).StatusCode);
        Assert.Equal("ConfirmNewAddress", (await app.MailsToAsync(wanted)).Single().Kind);
        Assert.Equal("email", Fields(await (await program.PostAsJsonAsync($"{Account}/address",
            new { email = "nonsense", password = Scene.Password })).ProblemAsync(422)).Single());

        var before = (await (await program.GetAsync($"{Account}/calendar-feed")).JsonAsync(HttpStatusCode.OK)).GetProperty("url")
            .GetString();
        Assert.Equal(HttpStatusCode.OK, (await app.Visitor().GetAsync(before)).StatusCode);
        var after = (await (await program.PostAsync($"{Account}/calendar-feed/renew", null)).JsonAsync(HttpStatusCode.OK))
            .GetProperty("url").GetString();
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().GetAsync(before)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Visitor().GetAsync(after)).StatusCode);
    }

    [Fact]
    public async Task An_account_is_deleted_only_with_its_password()
    {
        var user = await _scene.PersonAsync();
        var program = await _scene.ProgramAsync(user);
        Assert.Equal("password",
            Fields(await (await program.PostAsJsonAsync($"{Account}/delete", new { password = "not this one" })).ProblemAsync(422))
            .Single());
        Assert.Equal(HttpStatusCode.NoContent,
            (await program.PostAsJsonAsync($"{Account}/delete", new { password = Scene.Password })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync(Account)).StatusCode);
        Assert.NotNull(await app.InDatabaseAsync(db => db.Users.Where(u => u.Id == user.Id).Select(u => u.DeletedUtc).SingleAsync()));
    }

    [Fact]
    public async Task A_key_has_no_account()
    {
        var (key, _) = await _scene.KeyHolderAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await key.GetAsync(Account)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await key.PostAsJsonAsync($"{Account}/delete", new { password = Scene.Password })).StatusCode);
    }

    private static ByteArrayContent Bytes(byte[] file) => new(file) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };

    private static byte[] Base32(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal),
            2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2))];
    }

    private static string[] Fields(JsonElement problem) => [.. problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order()];
}
