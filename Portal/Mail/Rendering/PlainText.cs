using System.Text;
using Localization;

namespace Portal.Mail.Rendering;

/// <summary>Writes a mail's text part: the same order as the HTML layout has.</summary>
public sealed class PlainText(MailContext context)
{
    private readonly StringBuilder _text = new();

    public PlainText Hello() => Paragraph(HelloTo(context.RecipientName));

    /// <summary>Who has not shown that the address is theirs is greeted by no name: anybody may have typed it.</summary>
    public static string HelloTo(string name) => name.Length > 0 ? MailText.Hello.With(Isolate(name)) : MailText.HelloAnyone;

    public PlainText Paragraph(string text)
    {
        _text.Append(text).Append("\n\n");
        return this;
    }

    public PlainText List(IEnumerable<string> lines)
    {
        var before = _text.Length;
        foreach (var line in lines)
            _text.Append("- ").Append(line).Append('\n');
        if (_text.Length > before)
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

    public string End(string why)
    {
        Link(MailText.NoMoreMail, context.NoMailUrl);
        _text.Append("-- \n").Append(why).Append('\n').Append(context.ProductName).Append('\n').Append(context.PublicAddress.AbsoluteUri)
            .Append('\n');
        return _text.ToString();
    }

    /// <summary>Keeps what people wrote from turning the direction of the sentence around it.</summary>
    public static string Isolate(string text) => $"\u2068{text}\u2069";
}
