using Portal.Sessions.Trouble;

namespace Tests.Sessions.Trouble;

/// <summary>What browsers call themselves, and what they are.</summary>
public class BrowserFamilyTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36", "Chrome 131", "Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "Edge 131", "Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 OPR/116.0.0.0", "Opera 116", "Windows")]
    [InlineData("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox 133", "Linux")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15", "Safari 18.1", "macOS")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1", "Safari 18.1", "iOS 18.1")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1", "Chrome 131", "iOS 18.1")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36", "Samsung Internet 27", "Android 14")]
    [InlineData("Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0", "Firefox 133", "Android 14")]
    [InlineData("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36", "Chrome 131", "ChromeOS")]
    [InlineData("curl/8.5.0", null, null)]
    [InlineData("<script>alert(1)</script>", null, null)]
    [InlineData("", null, null)]
    [InlineData(null, null, null)]
    public void A_browser_is_known_by_family_and_version(string? agent, string? browser, string? system) =>
        Assert.Equal((browser, system), BrowserFamily.Of(agent));

    [Fact]
    public void What_is_too_long_is_not_read() => Assert.Equal((null, null), BrowserFamily.Of("Firefox/133.0" + new string('x', 2000)));

    [Theory]
    [InlineData("""{"camera":"good","microphone":"warn","portal":"bad","atUtc":"2026-12-01T09:00:00Z"}""", true)]
    [InlineData("""{"camera":"good"}""", true)]
    [InlineData("""{"camera":"<b>"}""", false)]
    [InlineData("""{"atUtc":"2026-12-01T09:00:00Z"}""", false)]
    [InlineData("""{"camera":{"a":1}}""", false)]
    [InlineData("""{"camera":"good","atUtc":"soon"}""", false)]
    [InlineData("{}", false)]
    [InlineData("null", false)]
    [InlineData("[", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_try_of_devices_is_read_as_the_page_wrote_it_and_not_otherwise(string? text, bool read) =>
        Assert.Equal(read, DeviceCheck.Read(text) is not null);
}
