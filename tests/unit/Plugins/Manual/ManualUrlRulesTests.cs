using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Plugins.Manual;
using Providers;
using Tests.Support;

namespace Tests.Plugins.Manual;

public class ManualUrlRulesTests
{
    private static readonly string[] Allowed = ["bbb.example.org", ".rooms.example.net"];

    [Theory]
    [InlineData("https://meet.google.com/abc-defg-hij", null)]
    [InlineData("https://meet.google.com/abc-defg-hij?authuser=1&hs=2", "https://meet.google.com/abc-defg-hij")]
    [InlineData("https://meet.google.com/abc-defg-hij/", "https://meet.google.com/abc-defg-hij")]
    [InlineData("https://zoom.us/j/123456789", null)]
    [InlineData("https://us02web.zoom.us/j/12345678901?pwd=AbC.1&from=addon&tk=x", "https://us02web.zoom.us/j/12345678901?pwd=AbC.1&tk=x")]
    [InlineData("https://zoom.us/j/123456789#success", "https://zoom.us/j/123456789")]
    [InlineData("https://zoom.us/w/1234567890?tk=abc", null)]
    [InlineData("https://zoom.us/my/maha.nassar", null)]
    [InlineData("https://zoom.us/wc/join/1234567890", null)]
    [InlineData("https://agency.zoomgov.com/j/1234567890", null)]
    [InlineData("https://ZOOM.us/j/123456789", "https://zoom.us/j/123456789")]
    [InlineData("https://zoom.us:443/j/123456789", "https://zoom.us/j/123456789")]
    [InlineData("https://zoom.us./j/123456789", "https://zoom.us/j/123456789")]
    [InlineData("https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc%40thread.v2/0?context=%7b%22Tid%22%3a%22x%22%7d", null)]
    [InlineData("https://teams.microsoft.com/meet/2345678901?p=AbC&utm=x", "https://teams.microsoft.com/meet/2345678901?p=AbC")]
    [InlineData("https://teams.live.com/meet/9412345678901?p=x", null)]
    [InlineData("https://school.whereby.com/maha", null)]
    [InlineData("https://meet.jit.si/QuietRiver", null)]
    [InlineData("https://8x8.vc/vpaas-magic-cookie-0a1b2c/QuietRiver", null)]
    [InlineData("https://school.webex.com/meet/maha", null)]
    [InlineData("https://school.webex.com/join/maha", null)]
    [InlineData("https://school.webex.com/school/j.php?MTID=m123&x=1", "https://school.webex.com/school/j.php?MTID=m123")]
    [InlineData("https://call.whatsapp.com/voice/AbC123-_xyz456", null)]
    [InlineData("https://call.whatsapp.com/video/AbC123-_xyz456/?utm=x", "https://call.whatsapp.com/video/AbC123-_xyz456")]
    [InlineData("https://bbb.example.org/rooms/mah-abc-def/join?x=1#top", null)]
    [InlineData("https://a.rooms.example.net/room", null)]
    public void A_meeting_link_is_accepted(string url, string? becomes)
    {
        var (accepted, refusal) = ManualUrlRules.Check(url, Allowed);

        Assert.Null(refusal);
        Assert.Equal(becomes ?? url, accepted!.AbsoluteUri);
    }

    [Theory]
    [InlineData(null, "Missing")]
    [InlineData("", "Missing")]
    [InlineData("   ", "Missing")]
    [InlineData("https://zoom.us/j/123456789\r\nSet-Cookie: a=b", "Characters")]
    [InlineData("https://zoom.us/j/123 456 789", "Characters")]
    [InlineData("https://bbb.example.org/room?x=%0d%0aSet-Cookie:%20a=b", "Characters")]
    [InlineData("https://zoom.us\\@evil.example/j/123456789", "Characters")]
    [InlineData("https://zoom.us/j/123456789\u202E", "Characters")]
    [InlineData("https://zoom\u200B.us/j/123456789", "Characters")]
    [InlineData("http://zoom.us/j/123456789", "NotHttps")]
    [InlineData("zoom.us/j/123456789", "NotHttps")]
    [InlineData("//zoom.us/j/123456789", "NotHttps")]
    [InlineData("https:/zoom.us/j/123456789", "NotHttps")]
    [InlineData("javascript:alert(1)//zoom.us/j/123456789", "NotHttps")]
    [InlineData("data:text/html,https://zoom.us/j/123456789", "NotHttps")]
    [InlineData("https://user@zoom.us/j/123456789", "UserInfo")]
    [InlineData("https://zoom.us@evil.example/j/123456789", "UserInfo")]
    [InlineData("https://@zoom.us/j/123456789", "UserInfo")]
    [InlineData("https://zoom.us:8443/j/123456789", "Port")]
    [InlineData("https://127.0.0.1/j/123456789", "NotDnsName")]
    [InlineData("https://2130706433/j/123456789", "NotDnsName")]
    [InlineData("https://0x7f.0.0.1/j/123456789", "NotDnsName")]
    [InlineData("https://[::1]/j/123456789", "NotDnsName")]
    [InlineData("https://localhost/j/123456789", "NotDnsName")]
    [InlineData("https:///j/123456789", "NotDnsName")]
    [InlineData("https://zoom..us/j/123456789", "NotDnsName")]
    [InlineData("https://zoom.us../j/123456789", "NotDnsName")]
    [InlineData("https://%7aoom.us/j/123456789", "NotDnsName")]
    [InlineData("https://zооm.us/j/123456789", "International")]
    [InlineData("https://xn--zm-fmca.us/j/123456789", "International")]
    [InlineData("https://ｚoom.us/j/123456789", "International")]
    [InlineData("https://evilzoom.us/j/123456789", "UnknownHost")]
    [InlineData("https://zoom.us.evil.example/j/123456789", "UnknownHost")]
    [InlineData("https://evil.example/zoom.us/j/123456789", "UnknownHost")]
    [InlineData("https://x.meet.google.com/abc-defg-hij", "UnknownHost")]
    [InlineData("https://rooms.example.net/room", "UnknownHost")]
    [InlineData("https://evilbbb.example.org/room", "UnknownHost")]
    [InlineData("https://meet.google.com/", "NotMeeting")]
    [InlineData("https://meet.google.com/abc-defg-hijk", "NotMeeting")]
    [InlineData("https://meet.google.com/linkredirect?dest=https://evil.example", "Redirector")]
    [InlineData("https://teams.microsoft.com/dl/launcher/launcher.html?url=https%3A%2F%2Fevil.example", "Redirector")]
    [InlineData("https://zoom.us/s/123456789", "HostLink")]
    [InlineData("https://zoom.us/j/123456789?zak=abc", "HostLink")]
    [InlineData("https://zoom.us/j/123456789?ZAK=abc", "HostLink")]
    [InlineData("https://zoom.us/j/123456789?%7aak=abc", "HostLink")]
    [InlineData("https://zoom.us/j/12345", "NotMeeting")]
    [InlineData("https://zoom.us/signin?to=x", "NotMeeting")]
    [InlineData("https://zoom.us//j/123456789", "NotMeeting")]
    [InlineData("https://school.whereby.com/maha?roomKey=abc", "HostLink")]
    [InlineData("https://school.whereby.com/", "NotMeeting")]
    [InlineData("https://meet.jit.si/QuietRiver?jwt=abc", "PersonalLink")]
    [InlineData("https://meet.jit.si/QuietRiver#jwt=%22abc%22", "PersonalLink")]
    [InlineData("https://meet.jit.si/static/close.html", "NotMeeting")]
    [InlineData("https://school.webex.com/school/j.php", "NotMeeting")]
    [InlineData("https://call.whatsapp.com/", "NotMeeting")]
    [InlineData("https://call.whatsapp.com/text/AbC123xyz456", "NotMeeting")]
    [InlineData("https://call.whatsapp.com/voice/a/../../x", "NotMeeting")]
    [InlineData("https://evil.call.whatsapp.com/voice/AbC123xyz456", "UnknownHost")]
    [InlineData("https://wa.me/201001234567", "ChatLink")]
    [InlineData("https://wa.me/201001234567?text=hello", "ChatLink")]
    [InlineData("https://api.whatsapp.com/send?phone=201001234567", "ChatLink")]
    [InlineData("https://chat.whatsapp.com/AbC123xyz456", "ChatLink")]
    [InlineData("https://bbb.example.org/bigbluebutton/api/join?meetingID=1&checksum=abc", "PersonalLink")]
    public void What_is_no_meeting_link_is_refused_with_the_reason(string? url, string reason)
    {
        foreach (var language in new[] { "en", "ar" })
            using (new Language(language))
            {
                var (accepted, refusal) = ManualUrlRules.Check(url, Allowed);

                Assert.Null(accepted);
                var host = url is null ? ""
                    : refusal!.Contains('.') ? Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.IdnHost : "" : "";
                Assert.Equal(string.Format(Texts.ResourceManager.GetString(reason)!, host), refusal);
            }
    }

    [Fact]
    public void A_huge_address_is_refused() =>
        Assert.Equal(Texts.TooLong, ManualUrlRules.Check("https://zoom.us/j/123456789?pwd=" + new string('a', 2048), Allowed).Refusal);

    [Fact]
    public void Whatever_is_typed_nothing_is_thrown_and_nothing_accepted_is_dangerous()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("PORTAL_TEST_SEED"), CultureInfo.InvariantCulture, out var set)
            ? set : 20261121;
        var random = new Random(seed);
        string[] pieces =
        [
            "https://", "http://", "zoom.us", "meet.google.com", "bbb.example.org", "evil.example", "127.0.0.1", "2130706433", "[::1]", "@",
                ":", ":443", ":80", "/",
            "//", "\\", "?", "#", "&", "j/123456789", "/j/123456789", "/abc-defg-hij", "pwd=1", "zak=1", "jwt=1", "checksum=1", "..",
                "%2e%2e", "%", "%00", "%0d%0a",
            ".", " ", "\t", "\0", "\uD800", "\u202E", "é", "xn--", "a", "0",
        ];
        var acceptedCount = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder(random.Next(3) > 0 ? "https://" + pieces[3 + random.Next(3)] : "");
            for (var n = random.Next(8); n > 0; n--)
                text.Append(random.Next(10) == 0 ? ((char)random.Next(0x10000)).ToString() : pieces[random.Next(pieces.Length)]);

            var (url, refusal) = ManualUrlRules.Check(text.ToString(), Allowed);

            Assert.True(url is null != refusal is null, $"seed {seed}: {text}");
            if (url is null)
                continue;
            acceptedCount++;
            Assert.True(
                url.Scheme == "https" && url.UserInfo == "" && url.IsDefaultPort && !IPAddress.TryParse(url.Host, out _)
                && url.HostNameType == UriHostNameType.Dns && !url.AbsoluteUri.Contains('\\')
                    && (OfZoom(url) || url.IdnHost is "meet.google.com" or "bbb.example.org")
                && !Regex.IsMatch(url.Query + url.Fragment, "[?&;#](jwt|checksum)=")
                && !(OfZoom(url) && Regex.IsMatch(url.Query + url.Fragment, "[?&;#]zak=")),
                $"seed {seed}: {text} became {url}");
        }
        Assert.True(acceptedCount > 100, $"seed {seed}: only {acceptedCount} accepted, the test tries nothing");

        // All names below it are Zoom's own.
        static bool OfZoom(Uri url) => url.IdnHost == "zoom.us" || url.IdnHost.EndsWith(".zoom.us", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://call.whatsapp.com/voice/AbC123xyz456", "WhatsApp")]
    [InlineData("https://zoom.us/j/123456789", null)]
    [InlineData("https://bbb.example.org/room", null)]
    public async Task A_call_in_an_app_is_told_from_a_page(string url, string? app)
    {
        var provider = Provider(new() { AllowedHosts = Allowed });
        var handle = await provider.CreateMeetingAsync(Meetings.Request(url), default);

        Assert.Equal(app is null ? null : new MeetingPlace(MeetingPlaceKind.App, app), handle.Place);
        Assert.Equal(url, Assert.IsType<RedirectTarget>(await provider.GetJoinAsync(Meetings.Join(handle), default)).Url.AbsoluteUri);
    }

    [Theory]
    [InlineData("bbb.example.org", true)]
    [InlineData(".example.org", true)]
    [InlineData("https://bbb.example.org", false)]
    [InlineData("bbb.example.org/path", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("localhost", false)]
    [InlineData("*.example.org", false)]
    [InlineData("", false)]
    public void Only_host_names_can_be_allowed(string host, bool good) =>
        Assert.Equal(good, !new ManualOptions { AllowedHosts = [host] }.Validate(new(new object())).Any());

    [Fact]
    public async Task An_address_that_is_no_longer_allowed_is_refused_at_the_click_too()
    {
        var provider = Provider(new());

        var created = await Assert.ThrowsAsync<ProviderException>(async () =>
            await provider.CreateMeetingAsync(Meetings.Request("https://bbb.example.org/b"), default));
        var joined = await Assert.ThrowsAsync<ProviderException>(async () =>
            await provider.GetJoinAsync(Meetings.Join(new MeetingHandle("https://bbb.example.org/b")), default));

        Assert.Equal([ProviderFailure.Rejected, ProviderFailure.Rejected], [created.Failure, joined.Failure]);
    }

    private static ManualProvider Provider(ManualOptions options) => new(new ProviderContext<ManualOptions>
    {
        Options = options,
        Http = new HttpClient(),
        Logger = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance,
        Clock = new TestClock(Meetings.Start),
        PublicUrl = new Uri("https://portal.example"),
    });
}
