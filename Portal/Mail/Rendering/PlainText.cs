using System.Text;
using Localization;

namespace Portal.Mail.Rendering;

/// <summary>Writes a mail's text part: the same order as the HTML layout has.</summary>
public sealed class PlainText(MailContext context)
{
    private readonly StringBuilder _text = new();

    public PlainText Hello() => Paragraph(Greeting(context));

    /// <summary>
    /// Guests may have no name yet. Who has not shown that the address is theirs is greeted by no name either: anybody may have typed it.
    /// </summary>
    public static string Greeting(MailContext context) => string.IsNullOrWhiteSpace(context.RecipientName)
        ? MailText.HelloUnnamed
        : MailText.Hello.With(Isolate(context.RecipientName));

    public PlainText Paragraph(string text)
    {
        _text.Append(text).Append("\n\n");
        return this;
    }

    public PlainText List(string? heading, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
            return this;
        if (heading is not null)
            _text.Append(heading).Append('\n');
        foreach (var line in lines)
            _text.Append("- ").Append(line).Append('\n');
        _text.Append('\n');
        return this;
    }

    /// <summary>The label and its address on a line of its own, where it is found and can be clicked in every program.</summary>
    public PlainText Link(string label, Uri? url)
    {
        if (url is not null)
            _text.Append(label).Append(":\n").Append(url.AbsoluteUri).Append("\n\n");
        return this;
    }

    public PlainText Links(IEnumerable<MailLink> links)
    {
        foreach (var link in links)
            Link(link.Text, link.Url);
        return this;
    }

    public string End(string why)
    {
        Link(MailText.NoMoreMail, context.NoMailUrl);
        _text.Append("-- \n").Append(why).Append('\n');
        if (context.Support is { } support)
            _text.Append(MailText.Support.With(SessionTime.Isolated(support))).Append('\n');
        _text.Append(context.ProductName).Append('\n').Append(context.PublicAddress.AbsoluteUri)
            .Append('\n');
        return _text.ToString();
    }

    /// <summary>Keeps what people wrote from turning the direction of the sentence around it.</summary>
    public static string Isolate(string text) => $"\u2068{text}\u2069";
}
