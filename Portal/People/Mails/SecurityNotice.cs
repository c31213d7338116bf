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

    /// <summary>Somebody tried passwords until they were stopped.</summary>
    PasswordGuessed,

    /// <summary>Somebody has the password, and tried codes until they were stopped.</summary>
    CodeGuessed,

    /// <summary>An administrator will turn the second factor off, at the time that is told.</summary>
    SecondFactorReset,
}

/// <summary>To the owner of an account: what was changed about signing in, and when. Whoever did not do it learns in time.</summary>
public sealed record SecurityNotice(SecurityChange What, DateTimeOffset AtUtc) : AccountMail
{
    private const string SecurityPage = "account/security";

    public static SecurityNotice Sample => new(SecurityChange.TwoFactorOff, new(2026, 11, 23, 16, 0, 0, TimeSpan.Zero));

    // Whoever has lost the address, or the account, cannot use the link.
    public override string? Page() => What switch
    {
        SecurityChange.Address or SecurityChange.Deleted => null,
        SecurityChange.SecondFactorReset => SecurityPage,
        _ => "account/forgot-password",
    };

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
        SecurityChange.PasswordGuessed => MailText.NoticePasswordGuessed,
        SecurityChange.SecondFactorReset => MailText.NoticeReset,
        SecurityChange.CodeGuessed => MailText.NoticeCodeGuessed,
        _ => MailText.NoticeDeleted,
    };

    public override IEnumerable<string> Leads(MailContext context) =>
    [
        (What is SecurityChange.SecondFactorReset ? MailText.NoticeResetWhen : MailText.NoticeWhen).With(
            SessionTime.Moment(AtUtc, context.TimeZone, context.Language), ZoneNames.In(context.TimeZone, context.Language)),
        What is SecurityChange.SecondFactorReset ? MailText.NoticeResetNotYou
        : What is SecurityChange.PasswordGuessed ? MailText.NoticeGuessedNotYou
        : NotYou(context),
    ];

    public override (string Text, string Page)? More() =>
        Page() is null or SecurityPage ? null : (MailText.NoticeSecurityPage, SecurityPage);

    public override string ButtonText() => What is SecurityChange.SecondFactorReset ? MailText.NoticeResetButton : MailText.NoticeButton;

    private string NotYou(MailContext context) => (Page(), context.Support) switch
    {
        (not null, _) => MailText.NoticeNotYou,
        (_, { } support) => MailText.NoticeNotYouWrite.With(SessionTime.Isolated(support)),
        _ => MailText.NoticeWasYou,
    };

    public override string Why(MailContext context) => MailText.WhyNotice.With(context.ProductName);
}
