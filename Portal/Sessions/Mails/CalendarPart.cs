namespace Portal.Sessions.Mails;

/// <summary>What a mail brings for the reader's calendar.</summary>
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
