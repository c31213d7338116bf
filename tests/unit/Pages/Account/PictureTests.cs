using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Portal.People.Profile;
using Tests.People;
using Tests.Support;

namespace Tests.Pages.Account;

public sealed class PictureTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task A_picture_is_shown_to_signed_in_people_only_and_kept_by_their_browsers()
    {
        using var client = await app.SignedInAsync(await app.AddPersonAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(client, Samples.Png(more: Samples.Chunk("tEXt", "secret"u8)))).StatusCode);
        var html = await client.GetStringAsync("/account/profile");
        var path = Regex.Match(html, "src=\"(/pictures/[^\"]+)\"").Groups[1].Value;
        Assert.Equal(2, html.Split(path).Length - 1); // in the menu, too

        using var other = await app.SignedInAsync(await app.AddPersonAsync());
        using var picture = await other.GetAsync(path);
        Assert.Equal(PictureDrawing.Draw(Samples.Png()).Jpeg, await picture.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", picture.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("immutable", picture.Headers.CacheControl!.ToString());
        Assert.True(picture.Headers.CacheControl.Private);
        Assert.Equal(HttpStatusCode.Redirect, (await app.Visitor().GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(path + "0")).StatusCode);

        Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(client, Samples.Png(colour: 6, rows: new byte[2 * 9]))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(path)).StatusCode);
        using var removed = await Forms.PostAsync(client, "/account/profile", [], "/account/profile?handler=RemovePicture");
        Assert.DoesNotContain("/pictures/", await client.GetStringAsync("/account/profile"));
    }

    [Fact]
    public async Task The_others_in_a_session_see_it_on_its_card()
    {
        var scene = new Scene(app);
        var booked = await scene.BookedAsync();
        var (mentor, mentee) = (await scene.BrowserAsync(booked.Mentor), await scene.BrowserAsync(booked.Mentee));
        await UploadAsync(mentor, Samples.Png());
        foreach (var page in new[] { "/sessions", $"/sessions/{booked.Id}" })
            Assert.Contains($"src=\"/pictures/{booked.Mentor.Id}/", await mentee.GetStringAsync(page));
    }

    [Fact]
    public async Task What_is_no_picture_is_refused_with_words_and_the_old_one_stays()
    {
        using var client = await app.SignedInAsync(await app.AddPersonAsync());
        await UploadAsync(client, Samples.Png());
        (byte[] File, string Says)[] bad =
        [
            ([], "choose a file"), ("<svg/>"u8.ToArray(), "Only JPEG, PNG and WebP"), (Samples.Png()[..40], "damaged"),
                (Samples.Jpeg()[..600], "damaged"),
            (Samples.Jpeg(width: 9000, height: 9000), "million pixels"), (new byte[PictureFile.MaxBytes + 1], "larger than 5 MB"),
        ];
        foreach (var (file, says) in bad)
        {
            using var answer = await UploadAsync(client, file);
            var html = await answer.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(says, html);
            Assert.Contains("/pictures/", html);
        }
        using var nothing = await Forms.PostAsync(client, "/account/profile", [], "/account/profile?handler=Picture");
        Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
    }

    [Fact]
    public async Task A_disk_that_is_full_is_told_so_and_the_old_picture_stays()
    {
        await using var own = await PortalApp.StartAsync();
        using var client = await own.SignedInAsync(await own.AddPersonAsync());
        await UploadAsync(client, Samples.Png());
        await own.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("""
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON pictures FOR EACH ROW EXECUTE FUNCTION full_disk();
            """));
        using var answer = await UploadAsync(client, Samples.Jpeg());
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
        Assert.Contains("The photo can’t be saved right now", html);
        Assert.Contains("/pictures/", html);
    }

    [Fact]
    public async Task A_picture_that_is_made_to_be_dear_is_refused_at_once_and_nobody_waits_for_it()
    {
        using var bomber = await app.SignedInAsync(await app.AddPersonAsync());
        using var other = await app.SignedInAsync(await app.AddPersonAsync());
        var bomb = UploadAsync(bomber, JpegBomb.Make(6320, 10_000));
        Assert.Equal(HttpStatusCode.Redirect, (await UploadAsync(other, Samples.Png())).StatusCode);
        using var answer = await bomb;
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("This type of image isn’t supported", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Two_uploads_at_once_leave_one_picture()
    {
        var user = await app.AddPersonAsync();
        using var client = await app.SignedInAsync(user);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => UploadAsync(client, Samples.Png())));
        Assert.Contains(answers, a => a.StatusCode == HttpStatusCode.Redirect);
        // One of each person is drawn at a time.
        Assert.All(answers.Where(a => a.StatusCode != HttpStatusCode.Redirect),
            a => Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(10)), (a.StatusCode, a.Headers.RetryAfter?.Delta)));
        Assert.NotNull(await app.InScopeAsync<Pictures, string?>(p => p.VersionOfAsync(user.Id, default)));
    }

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient client, byte[] file)
    {
        var picture = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        return await client.PostAsync("/account/profile?handler=Picture", new MultipartFormDataContent
        {
            { new StringContent(await Forms.TokenAsync(client, "/account/profile")), "__RequestVerificationToken" },
            { picture, "Picture", "../../evil.php" },
        });
    }
}
