using Localization;
using Portal.Mail.Rendering;

namespace Portal.People.Mails;

/// <summary>A mail to an account, about no session: a heading, a sentence or two, and one button. Each kind says its own words.</summary>
public abstract record AccountMail : MailModel
{
    public sealed override Type Html() => typeof(AccountMailHtml);

    /// <summary>The page that the button leads to, without the reader's secret; null for a mail without a button.</summary>
    public abstract string? Page();

    public abstract string Heading();

    /// <summary>The sentences above the button.</summary>
    public abstract IEnumerable<string> Leads(MailContext context);

    public abstract string ButtonText();

    /// <summary>What stands below the button.</summary>
    public virtual string? Note(AccountMailContext context) => null;

    /// <summary>A second, quiet link; null where there is none.</summary>
    public virtual (string Text, string Page)? More() => null;

    /// <summary>What lists of mails show after the subject: what is urgent, where something is.</summary>
    public virtual string Preheader(MailContext context) => string.Join(' ', Leads(context));

    /// <summary>Why the reader gets this.</summary>
    public virtual string Why(MailContext context) => MailText.WhyAccount.With(context.ProductName);

    public IReadOnlyList<MailLink> Links(AccountMailContext context) =>
        More() is { } more && context.MoreUrl is { } url ? [new(more.Text, url)] : [];

    public sealed override string Text(MailContext context) => Text((AccountMailContext)context);

    private string Text(AccountMailContext context)
    {
        var text = new PlainText(context).Paragraph(Heading()).Hello();
        foreach (var lead in Leads(context))
            text.Paragraph(lead);
        text.Link(ButtonText(), context.ActionUrl);
        if (Note(context) is { } note)
            text.Paragraph(note);
        return text.Links(Links(context)).End(Why(context));
    }
}
