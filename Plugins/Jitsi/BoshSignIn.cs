using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Plugins.Jitsi;

internal enum SignInKind
{
    Accepted,
    Refused,

    /// <summary>The server did not say, one way or the other.</summary>
    Unproven,
}

/// <param name="Kind">How it went.</param>
/// <param name="Reason">The server's own words, or what it answered instead of them.</param>
internal sealed record SignInAnswer(SignInKind Kind, string Reason = "");

/// <summary>Connects as Jitsi's page does over HTTP (BOSH): opens a stream, signs in with the token, and leaves again.</summary>
internal sealed class BoshSignIn(HttpClient http, JitsiServer server, string domain)
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxReason = 160;
    private static readonly XNamespace Bosh = "http://jabber.org/protocol/httpbind";
    private static readonly XNamespace Sasl = "urn:ietf:params:xml:ns:xmpp-sasl";
    private static readonly XNamespace XmppBosh = "urn:xmpp:xbosh";
    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        Async = true,
    };

    public async Task<SignInAnswer> TryAsync(string room, string? token, CancellationToken cancellationToken)
    {
        var address = new Uri(server.BoshUrl + $"?room={room}" + (token is null ? "" : $"&token={token}"));
        var rid = RandomNumberGenerator.GetInt32(1_000_000, int.MaxValue);
        var opened = await SendAsync(address, BodyOf(rid, null,
            new XAttribute("to", domain), new XAttribute("wait", 5), new XAttribute("hold", 1), new XAttribute("ver", "1.6"),
            new XAttribute(XNamespace.Xmlns + "xmpp", XmppBosh.NamespaceName), new XAttribute(XmppBosh + "version", "1.0")), cancellationToken);
        if (opened.Stanza?.Attribute("sid")?.Value is not { } sid)
            return new(SignInKind.Unproven, Plain(opened.Stanza?.Attribute("condition")?.Value ?? opened.Problem));
        var answered = await SendAsync(address, BodyOf(rid + 1, sid,
            new XElement(Sasl + "auth", new XAttribute("mechanism", "ANONYMOUS"))), cancellationToken);
        var verdict = Judge(answered.Stanza, answered.Problem);
        // The server forgets us after a minute anyway.
        await SendAsync(address, BodyOf(rid + 2, sid, new XAttribute("type", "terminate")), cancellationToken);
        return verdict;
    }

    private static SignInAnswer Judge(XElement? stanza, string problem)
    {
        if (stanza?.Element(Sasl + "success") is not null)
            return new(SignInKind.Accepted);
        if (stanza?.Element(Sasl + "failure") is not { } failure)
            return new(SignInKind.Unproven, Plain(stanza?.Attribute("condition")?.Value ?? problem));
        // No verdict on the token: there is no such way in, as on servers whose module could not be loaded.
        if (failure.Element(Sasl + "invalid-mechanism") is not null)
            return new(SignInKind.Unproven, "invalid-mechanism");
        return new(SignInKind.Refused,
            Plain(failure.Element(Sasl + "text")?.Value ?? failure.Elements().FirstOrDefault()?.Name.LocalName ?? ""));
    }

    /// <summary>A stranger's words, on one line and not too many.</summary>
    private static string Plain(string said)
    {
        var plain = string.Concat(said.Where(c => !char.IsControl(c)));
        return plain.Length > MaxReason ? plain[..MaxReason] : plain;
    }

    private static XElement BodyOf(long rid, string? sid, params object[] content) => new(Bosh + "body",
        new XAttribute("rid", rid), sid is null ? null : new XAttribute("sid", sid), content);

    private async Task<(XElement? Stanza, string Problem)> SendAsync(Uri address, XElement body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body.ToString(SaveOptions.DisableFormatting), Encoding.UTF8, "text/xml");
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.OK)
            return (null, $"HTTP {(int)answer.StatusCode}");
        var read = await Body.ReadAsync(answer, MaxBytes, cancellationToken);
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(read.ToArray()), Safe);
            return ((await XDocument.LoadAsync(reader, LoadOptions.None, cancellationToken)).Root, "");
        }
        catch (XmlException)
        {
            return (null, "XML?");
        }
    }
}
