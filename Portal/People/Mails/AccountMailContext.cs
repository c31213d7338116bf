using System.Diagnostics.CodeAnalysis;
using Portal.Mail.Rendering;

namespace Portal.People.Mails;

/// <summary>What a mail to an account needs besides.</summary>
public sealed record AccountMailContext : MailContext
{
    [SetsRequiredMembers]
    public AccountMailContext(MailContext reader) : base(reader)
    {
    }

    /// <summary>Where the button leads; null for a mail without one.</summary>
    public Uri? ActionUrl { get; init; }

    /// <summary>Where the quiet link leads; null for a mail without one.</summary>
    public Uri? MoreUrl { get; init; }
}
