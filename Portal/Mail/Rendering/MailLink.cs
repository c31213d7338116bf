namespace Portal.Mail.Rendering;

/// <summary>One of the quiet links below a mail's button.</summary>
public sealed record MailLink(string Text, Uri Url);
