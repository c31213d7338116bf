using Localization;

namespace Portal.Sessions.Changes;

/// <summary>What came of a change to a session, and what stands in the way of one.</summary>
public enum SessionOutcome
{
    /// <summary>It is done; of a right: it may be done.</summary>
    Done,
    NoSuchSession,

    /// <summary>The caller has no part in it, or not the part that this takes.</summary>
    NotAllowed,

    /// <summary>It is over, or cancelled, or otherwise not in a state for this.</summary>
    TooLate,

    /// <summary>Somebody else changed the session after the caller had looked at it.</summary>
    ChangedMeanwhile,

    /// <summary>Somebody in the session is not free then.</summary>
    Taken,

    /// <summary>The mentor does not offer this time.</summary>
    NotOffered,

    /// <summary>No more guests and observers fit in.</summary>
    TooMany,

    /// <summary>So many were invited, to this session, by this account or to this address, that it looks like abuse.</summary>
    TooManyInvitations,

    /// <summary>A guest's or an observer's access would end before it begins.</summary>
    AccessTooShort,

    /// <summary>A guest's or an observer's access has ended.</summary>
    AccessEnded,

    /// <summary>Who is invited has asked not to be written to.</summary>
    NoMailWanted,

    /// <summary>Somebody has got so many emails about this session within the hour that it looks like abuse.</summary>
    TooManyChanges,

    /// <summary>The group has no seat left.</summary>
    Full,

    /// <summary>Not before the time that this is for.</summary>
    TooEarly,

    /// <summary>Who is said to be missing has come, or who says so has not.</summary>
    NotMissing,

    /// <summary>The portal's limit for extensions is reached; <see cref="ExtendResult"/> puts the limit into its words.</summary>
    AtLimit,

    /// <summary>Nobody can say how it was: the session is not over.</summary>
    FeedbackNotYet,

    /// <summary>Nobody can say how it was: it did not take place, or the person was not there.</summary>
    FeedbackNever,

    /// <summary>No room was put in place of another one.</summary>
    NothingBack,

    /// <summary>What was typed cannot be kept: it is too long, or holds what nobody can read.</summary>
    Unreadable,

    /// <summary>As much is kept with the session as may be.</summary>
    TooMuch,

    /// <summary>No more files fit in, by number or by size.</summary>
    TooManyFiles,
    NoSuchFile,

    /// <summary>It is no https address of a page.</summary>
    NotALink,

    /// <summary>Somebody who was named is not in the session.</summary>
    NoSuchPerson,

    /// <summary>The person has said so often that something does not work that the administrators know.</summary>
    ReportedEnough,
}

public static class SessionOutcomes
{
    public static bool IsAllowed(this SessionOutcome verdict) => verdict == SessionOutcome.Done;

    /// <summary>For pages and the API alike.</summary>
    public static int Status(this SessionOutcome outcome) => Row(outcome).Status;

    /// <summary>In the reader's language; empty when it is done.</summary>
    public static string Text(this SessionOutcome outcome) => Row(outcome).Text;

    /// <summary>The one table of outcomes, HTTP statuses and words.</summary>
    private static (int Status, string Text) Row(SessionOutcome outcome) => outcome switch
    {
        SessionOutcome.Done => (StatusCodes.Status204NoContent, ""),
        SessionOutcome.NoSuchSession => (StatusCodes.Status404NotFound, ErrorText.NoSuchSession),
        SessionOutcome.NotAllowed => (StatusCodes.Status403Forbidden, ErrorText.SessionNotYours),
        SessionOutcome.TooLate => (StatusCodes.Status410Gone, ErrorText.SessionTooLate),
        SessionOutcome.ChangedMeanwhile => (StatusCodes.Status409Conflict, ErrorText.SessionChangedMeanwhile),
        SessionOutcome.Taken => (StatusCodes.Status409Conflict, ErrorText.SlotTaken),
        SessionOutcome.NotOffered => (StatusCodes.Status422UnprocessableEntity, ErrorText.SlotNotOffered),
        SessionOutcome.TooMany => (StatusCodes.Status422UnprocessableEntity, ErrorText.GuestsTooMany),
        SessionOutcome.AccessTooShort => (StatusCodes.Status422UnprocessableEntity, ErrorText.AccessTooShort),
        SessionOutcome.AccessEnded => (StatusCodes.Status410Gone, ErrorText.AccessEnded),
        SessionOutcome.TooManyInvitations => (StatusCodes.Status429TooManyRequests, ErrorText.InvitationsTooMany),
        SessionOutcome.TooManyChanges => (StatusCodes.Status429TooManyRequests, ErrorText.SessionChangedOften),
        SessionOutcome.NoMailWanted => (StatusCodes.Status409Conflict, ErrorText.InvitationNotWanted),
        SessionOutcome.Full => (StatusCodes.Status409Conflict, ErrorText.GroupFull),
        SessionOutcome.TooEarly => (StatusCodes.Status409Conflict, ErrorText.SessionTooEarly),
        SessionOutcome.NotMissing => (StatusCodes.Status409Conflict, ErrorText.SessionNotMissing),
        SessionOutcome.AtLimit => (StatusCodes.Status409Conflict, ErrorText.ExtendLimit),
        SessionOutcome.FeedbackNotYet => (StatusCodes.Status409Conflict, UiText.FeedbackNotYet),
        SessionOutcome.NothingBack => (StatusCodes.Status409Conflict, ErrorText.RoomNothingBack),
        SessionOutcome.Unreadable => (StatusCodes.Status400BadRequest, ErrorText.NoteUnreadable),
        SessionOutcome.TooMuch => (StatusCodes.Status422UnprocessableEntity, ErrorText.NoteTooMuch),
        SessionOutcome.TooManyFiles => (StatusCodes.Status409Conflict, ErrorText.FilesFull),
        SessionOutcome.NoSuchFile => (StatusCodes.Status404NotFound, ErrorText.NoSuchFile),
        SessionOutcome.NotALink => (StatusCodes.Status422UnprocessableEntity, ErrorText.RecordingNotALink),
        SessionOutcome.NoSuchPerson => (StatusCodes.Status404NotFound, ErrorText.NoSuchPerson),
        SessionOutcome.ReportedEnough => (StatusCodes.Status429TooManyRequests, ErrorText.TroubleEnough),
        SessionOutcome.FeedbackNever => (StatusCodes.Status409Conflict, UiText.FeedbackNever),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
