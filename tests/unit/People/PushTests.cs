using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.People;
using Portal.People.Push;
using Portal.Sessions.Live;
using Tests.Support;

namespace Tests.People;

/// <summary>What browsers are told while no page is open, up to the push service, which the test is.</summary>
[Trait("Clock", "moves")]
public sealed class PushTests : IAsyncLifetime
{
    private const string Service = "https://push.example.net/";

    private readonly List<HttpRequestMessage> _requests = [];
    private readonly List<byte[]> _bodies = [];
    private HttpStatusCode _status = HttpStatusCode.Created;
    private PortalApp _app = null!;
    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        _app = await PortalApp.StartAsync();
        _scene = new(_app);
        _app.Internet.Answer(Service, async (request, cancel) =>
        {
            _requests.Add(request);
            _bodies.Add(await request.Content!.ReadAsByteArrayAsync(cancel));
            return new(_status);
        });
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    /// <summary>A browser with a key pair of its own, as its maker's push service never sees it.</summary>
    private sealed class Browser : IDisposable
    {
        private readonly ECDiffieHellman _pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        private readonly byte[] _auth = RandomNumberGenerator.GetBytes(16);

        public string Endpoint { get; } = $"{Service}{Guid.NewGuid():N}";

        public PushAddress Address => PushAddress.Of(Endpoint, Base64Url.EncodeToString(Point(_pair)), Base64Url.EncodeToString(_auth))!;

        /// <summary>RFC 8291 and 8188, one record.</summary>
        public string Open(byte[] body)
        {
            var (salt, sender) = (body[..16], body[21..86]);
            using var other = ECDiffieHellman.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new() { X = sender[1..33], Y = sender[33..] },
            });
            var shared = _pair.DeriveRawSecretAgreement(other.PublicKey);
            var material = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, _auth,
                [.. "WebPush: info\0"u8, .. Point(_pair), .. sender]);
            var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 16, salt, "Content-Encoding: aes128gcm\0"u8.ToArray());
            var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 12, salt, "Content-Encoding: nonce\0"u8.ToArray());
            var (sealedText, plain) = (body[86..^16], new byte[body.Length - 86 - 16]);
            using var cipher = new AesGcm(key, 16);
            cipher.Decrypt(nonce, sealedText, body[^16..], plain);
            Assert.True(BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(16)) >= plain.Length);
            return Encoding.UTF8.GetString(plain).TrimEnd('\0', '\u0002');
        }

        public void Dispose() => _pair.Dispose();

        private static byte[] Point(ECDiffieHellman pair) =>
            pair.PublicKey.ExportParameters() is { Q: { X: { } x, Y: { } y } } ? [4, .. x, .. y] : [];
    }

    private Task SubscribeAsync(PortalUser user, Browser browser) =>
        _app.InScopeAsync<PushSubscriptions>(s => s.AddAsync(user.Id, browser.Address, default));

    private async Task<int> RunAsync()
    {
        await _app.InScopeAsync<ArrivalPush>(p => p.RunAsync(default));
        return await _app.InScopeAsync<PushSender, int>(p => p.SendDueAsync(default));
    }

    private Task<int> CountAsync() => _app.InDatabaseAsync(db => db.PushSubscriptions.CountAsync());

    private async Task<BookedScene> MenteeCameAsync()
    {
        var session = await _scene.BookedAsync();
        _scene.GoTo(session, -5);
        using (await _app.Visitor().PostAsync(await _scene.LinkAsync(session.MenteePart), null)) { }
        return session;
    }

    [Fact]
    public async Task The_mentor_is_told_once_by_each_browser_without_a_name_and_only_while_somebody_waits()
    {
        using Browser browser = new(), second = new();
        var session = await _scene.BookedAsync();
        await SubscribeAsync(session.Mentor, browser);
        await SubscribeAsync(session.Mentor, second);
        _scene.GoTo(session, -5);
        Assert.Equal(0, await RunAsync());
        using (await _app.Visitor().PostAsync(await _scene.LinkAsync(session.MenteePart), null)) { }
        Assert.Equal((2, 0), (await RunAsync(), await RunAsync()));
        var index = _requests.FindIndex(r => r.RequestUri!.AbsoluteUri == browser.Endpoint);
        var note = JsonDocument.Parse(browser.Open(_bodies[index])).RootElement;
        Assert.Equal($"/sessions/{session.Id}", note.GetProperty("path").GetString());
        Assert.Equal("Someone is waiting for you in a session.", note.GetProperty("body").GetString());
        Assert.DoesNotContain("Maha", note.GetRawText());
        var request = _requests[index];
        Assert.Equal("vapid", request.Headers.Authorization?.Scheme);
        Assert.Equal("high", request.Headers.GetValues("Urgency").Single());
        Assert.InRange(int.Parse(request.Headers.GetValues("TTL").Single()), 500, 600);
        var key = await _app.InScopeAsync<PushKeys, string>(k => k.PublicKeyAsync(default));
        Assert.EndsWith($"k={key}", request.Headers.Authorization!.Parameter);
    }

    [Fact]
    public async Task Who_has_come_is_not_called()
    {
        using var browser = new Browser();
        var session = await _scene.BookedAsync();
        await SubscribeAsync(session.Mentor, browser);
        _scene.GoTo(session, -5);
        foreach (var part in new[] { session.MentorPart, session.MenteePart })
            using (await _app.Visitor().PostAsync(await _scene.LinkAsync(part), null)) { }
        Assert.Equal(0, await RunAsync());
    }

    [Theory]
    [InlineData(HttpStatusCode.Gone, 0)]
    [InlineData(HttpStatusCode.NotFound, 0)]
    [InlineData(HttpStatusCode.Forbidden, 0)]
    [InlineData(HttpStatusCode.BadRequest, 1)]
    public async Task A_subscription_that_is_no_more_is_deleted_and_a_refusal_is_not_repeated(HttpStatusCode status, int left)
    {
        using var browser = new Browser();
        _status = status;
        var session = await MenteeCameAsync();
        await SubscribeAsync(session.Mentor, browser);
        Assert.Equal(1, await RunAsync());
        Assert.Equal(left, await CountAsync());
        _app.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, await RunAsync());
    }

    [Fact]
    public async Task A_service_that_is_down_is_asked_again_ever_less_often_and_for_ten_minutes()
    {
        using var browser = new Browser();
        _status = HttpStatusCode.ServiceUnavailable;
        var session = await MenteeCameAsync();
        await SubscribeAsync(session.Mentor, browser);
        Assert.Equal((1, 0), (await RunAsync(), await RunAsync()));
        _app.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal((1, 0), (await RunAsync(), await RunAsync()));
        _app.Clock.Advance(TimeSpan.FromSeconds(30));
        _status = HttpStatusCode.Created;
        Assert.Equal((1, 0), (await RunAsync(), await RunAsync()));
        Assert.Equal(3, _requests.Count);

        var other = await _scene.BookedAsync();
        using var slow = new Browser();
        await SubscribeAsync(other.Mentor, slow);
        await _app.InScopeAsync<PushSubscriptions>(s => s.TellAsync(other.Mentor.Id, "x", "/", default));
        _app.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal((1, 0), (await _app.InScopeAsync<PushSender, int>(p => p.SendDueAsync(default)), await RunAsync()));
        Assert.Equal(3, _requests.Count);
    }

    [Theory]
    [InlineData("https://push.example.net/a", true)]
    [InlineData("http://push.example.net/a", false)]
    [InlineData("https://push.example.net:8443/a", false)]
    [InlineData("https://user@push.example.net/a", false)]
    [InlineData("https://127.0.0.1/a", false)]
    [InlineData("https://[::1]/a", false)]
    [InlineData("https://localhost/a", false)]
    [InlineData("https://2130706433/a", false)]
    [InlineData("//push.example.net/a", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_endpoints_at_public_names_by_https_are_taken(string? endpoint, bool taken)
    {
        using var browser = new Browser();
        Assert.Equal(taken, PushAddress.Of(endpoint, browser.Address.Key, browser.Address.Auth) is not null);
        Assert.Null(PushAddress.Of("https://push.example.net/a", browser.Address.Auth, browser.Address.Auth));
        Assert.Null(PushAddress.Of("https://push.example.net/a", browser.Address.Key, "x!"));
    }

    [Fact]
    public async Task A_person_turns_it_on_in_a_browser_and_off_in_all()
    {
        using var keys = new Browser();
        var person = await _scene.PersonAsync();
        using var browser = await _scene.BrowserAsync(person);
        const string Page = "/account/notifications";
        var address = keys.Address;
        Dictionary<string, string> Fields(string endpoint) =>
            new() { ["endpoint"] = endpoint, ["key"] = address.Key, ["auth"] = address.Auth };
        using (var wrong = await Forms.PostAsync(browser, Page, Fields("https://10.0.0.1/x")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        for (var i = 0; i < 2; i++)
            using (var on = await Forms.PostAsync(browser, Page, Fields(address.Endpoint)))
                Assert.Equal(HttpStatusCode.Redirect, on.StatusCode);
        Assert.Equal(1, await CountAsync());
        Assert.Contains("On in 1 browser", await browser.GetStringAsync(Page));
        Assert.DoesNotContain("push.example.net", await _app.InDatabaseAsync(db =>
            db.PushSubscriptions.Select(s => s.ProtectedAddress).SingleAsync()));
        using (var off = await Forms.PostAsync(browser, Page, [], $"{Page}?handler=End"))
            Assert.Equal(HttpStatusCode.Redirect, off.StatusCode);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_person_has_ten_browsers_and_the_oldest_goes_and_a_browser_is_one_persons()
    {
        var (person, other) = (await _scene.PersonAsync(), await _scene.PersonAsync());
        using var first = new Browser();
        for (var i = 0; i < PushSubscription.MaxPerPerson + 2; i++)
        {
            using var browser = new Browser();
            await SubscribeAsync(person, i == 0 ? first : browser);
            _app.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(PushSubscription.MaxPerPerson, await CountAsync());
        await SubscribeAsync(person, first);
        await SubscribeAsync(other, first);
        Assert.Equal((9, 1), (await _app.InScopeAsync<PushSubscriptions, int>(s => s.CountAsync(person.Id, default)),
            await _app.InScopeAsync<PushSubscriptions, int>(s => s.CountAsync(other.Id, default))));
    }

    [Fact]
    public async Task The_portals_pair_is_made_once_and_its_private_half_lies_encrypted()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            _app.InScopeAsync<PushKeys, string>(k => k.PublicKeyAsync(default))));
        Assert.Single(keys.Distinct());
        var stored = await _app.InDatabaseAsync(db => db.PushKeys.SingleAsync());
        Assert.Equal(keys[0], stored.PublicKey);
        Assert.True(stored.ProtectedPrivateKey.Length > 43);
    }
}
