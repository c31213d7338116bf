using Portal.People.Mails;

namespace Portal.Mail.Rendering;

/// <summary>
/// What one kind of mail says. Its name is the kind, and its folder holds its HTML. The record's own properties are what
/// the outbox stores as JSON: facts only. Links are secrets; they come with the <see cref="MailContext"/> when the mail
/// is rendered, and never before.
/// </summary>
public abstract record MailModel
{
    /// <summary>The one link that the mail is about.</summary>
    public abstract MailLink Link();

    /// <summary>The component that draws the mail.</summary>
    public abstract Type Html();

    /// <summary>
    /// Asked when its turn comes, which may be long after it was queued: false, and it is dropped instead of sent. Such as a
    /// reminder of a session that has been cancelled or moved since.
    /// </summary>
    public virtual bool IsStillTrue(MailContext context) => true;

    /// <summary>What it brings for the reader's calendar. One mail of each change brings it, to each person in the session.</summary>
    public virtual CalendarPart Calendar() => CalendarPart.None;

    // The two below are called with the reader's language as the current culture.

    public abstract string Subject(MailContext context);

    /// <summary>The plain text part: the same words and the same links as the HTML.</summary>
    public abstract string Text(MailContext context);
}

public enum CalendarPart
{
    None,

    /// <summary>The session as it is now: new in the calendar, or changed.</summary>
    Invite,

    /// <summary>Likewise, with the whole series that it is one of.</summary>
    InviteAll,

    /// <summary>The session leaves the calendar.</summary>
    Withdraw,

    /// <summary>Likewise, with those of its series that were cancelled with it.</summary>
    WithdrawAll,
}

public enum MailLink
{
    None,

    /// <summary>The reader's own join link.</summary>
    Join,

    /// <summary>Proves that the reader owns the address.</summary>
    ConfirmAddress,

    /// <summary>Proves that the reader owns the address that the account is to have from now on.</summary>
    ConfirmNewAddress,

    /// <summary>Lets the reader choose a new password.</summary>
    ResetPassword,

    SignIn,

    /// <summary>The page on which anybody can ask for a link to a new password.</summary>
    ForgotPassword,

    /// <summary>The list of mentors, to book another time.</summary>
    Mentors,

    /// <summary>The page on which the reader says how the session was.</summary>
    Feedback,

    /// <summary>For administrators: the mails that were given up.</summary>
    FailedMails,

    /// <summary>The session's page, where something is to be decided.</summary>
    Session,

    /// <summary>The free times of the session's own mentor, for the same kind of session.</summary>
    Rebook,
}
