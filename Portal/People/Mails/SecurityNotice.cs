using Localization;
using Portal.Mail.Rendering;

namespace Portal.People.Mails;

public enum SecurityChange
{
    Password,
    Address,
    TwoFactorOn,
    TwoFactorOff,
    NewRecoveryCodes,
    PasskeyAdded,
    PasskeyRemoved,
    Deleted,
}

/// <summary>To the owner of an account: what was changed about signing in, and when. Whoever did not do it learns in time.</summary>
public sealed record SecurityNotice(SecurityChange What, DateTimeOffset AtUtc) : AccountMail
{
    public static SecurityNotice Sample => new(SecurityChange.TwoFactorOff, new(2026, 11, 23, 16, 0, 0, TimeSpan.Zero));

    // Whoever has lost the address, or the account, cannot use the link.
    public override string? Page() => What is SecurityChange.Address or SecurityChange.Deleted ? null : "account/forgot-password";

    public override string Subject(MailContext context) => $"{context.ProductName}: {Heading()}";

    public override string Heading() => What switch
    {
        SecurityChange.Password => MailText.NoticePassword,
        SecurityChange.Address => MailText.NoticeAddress,
        SecurityChange.TwoFactorOn => MailText.NoticeTwoFactorOn,
        SecurityChange.TwoFactorOff => MailText.NoticeTwoFactorOff,
        SecurityChange.NewRecoveryCodes => MailText.NoticeNewCodes,
        SecurityChange.PasskeyAdded => MailText.NoticePasskeyAdded,
        SecurityChange.PasskeyRemoved => MailText.NoticePasskeyRemoved,
        _ => MailText.NoticeDeleted,
    };

    public override IEnumerable<string> Leads(MailContext context) =>
    [
        MailText.NoticeWhen.With(
            SessionTime.Moment(AtUtc, context.TimeZone, context.Language), ZoneNames.In(context.TimeZone, context.Language)),
        (Page(), context.Support) switch
        {
            (not null, _) => MailText.NoticeNotYou,
            (_, { } support) => MailText.NoticeNotYouWrite.With(SessionTime.Isolated(support)),
            _ => MailText.NoticeWasYou,
        },
    ];

    public override (string Text, string Page)? More() => Page() is null ? null : (MailText.NoticeSecurityPage, "account/security");

    public override string ButtonText() => MailText.NoticeButton;

    public override string Why(MailContext context) => MailText.WhyNotice.With(context.ProductName);
}
