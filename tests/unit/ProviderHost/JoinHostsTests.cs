using Portal.ProviderHost;

namespace Tests.ProviderHost;

public class JoinHostsTests
{
    [Theory]
    [InlineData("meet.jit.si", "https://meet.jit.si/room", true)]
    [InlineData("meet.jit.si", "https://MEET.JIT.SI/room", true)]
    [InlineData("Meet.Jit.Si", "https://meet.jit.si/room", true)]
    [InlineData("meet.jit.si", "https://meet.jit.si:443/room", true)]
    [InlineData("meet.jit.si", "http://meet.jit.si/room", false)]
    [InlineData("meet.jit.si", "https://meet.jit.si:8443/room", false)]
    [InlineData("meet.jit.si", "https://evilmeet.jit.si/room", false)]
    [InlineData("meet.jit.si", "https://meet.jit.si.evil.example/room", false)]
    [InlineData("meet.jit.si", "https://meet.jit.si./room", false)]
    [InlineData("meet.jit.si", "https://user@meet.jit.si/room", false)]
    [InlineData("meet.jit.si", "https://@meet.jit.si/room", false)]
    [InlineData("meet.jit.si", "https://meet.jit.si@evil.example/room", false)]
    [InlineData("meet.jit.si", "https://meet.jit.si:x@evil.example/room", false)]
    [InlineData("meet.jit.si", "https://evil.example/meet.jit.si", false)]
    [InlineData("meet.jit.si", "https://evil.example/?@meet.jit.si", false)]
    [InlineData("meet.jit.si", "https://meet.jit.si/@room?x=a@b", true)]
    [InlineData("meet.jit.si", "ftp://meet.jit.si/room", false)]
    [InlineData("meet.jit.si", "javascript:alert(1)", false)]
    [InlineData(".zoom.us", "https://us02web.zoom.us/j/1", true)]
    [InlineData(".zoom.us", "https://a.b.zoom.us/j/1", true)]
    [InlineData(".zoom.us", "https://zoom.us/j/1", false)]
    [InlineData(".zoom.us", "https://evilzoom.us/j/1", false)]
    [InlineData(".zoom.us", "https://zoom.us.evil.example/j/1", false)]
    [InlineData("meet.example.org:8443", "https://meet.example.org:8443/room", true)]
    [InlineData("meet.example.org:8443", "https://meet.example.org/room", false)]
    [InlineData("bücher.example", "https://xn--bcher-kva.example/room", true)]
    [InlineData("xn--bcher-kva.example", "https://bücher.example/room", true)]
    [InlineData("meet.jit.si", "https://meet.jіt.si/room", false)]
    [InlineData("", "https://meet.jit.si/room", false)]
    [InlineData(".", "https://meet.jit.si/room", false)]
    [InlineData("..si", "https://meet.jit.si/room", false)]
    public void A_target_must_lie_on_a_declared_host(string host, string url, bool allowed) =>
        Assert.Equal(allowed, JoinHosts.Allow([host], new Uri(url)));

    [Fact]
    public void A_relative_target_or_none_is_refused()
    {
        Assert.False(JoinHosts.Allow(["meet.jit.si"], null));
        Assert.False(JoinHosts.Allow(["meet.jit.si"], new Uri("/room", UriKind.Relative)));
    }

    [Theory]
    [InlineData("meet.example.org/path")]
    [InlineData("https://meet.example.org")]
    [InlineData("user@meet.example.org")]
    [InlineData("meet.example.org?x")]
    [InlineData("*")]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_host_cannot_be_declared(string? host) => Assert.False(JoinHosts.IsValid(host));
}
