using Localization;

namespace Portal.Sessions.Booking;

public enum BookingOutcome
{
    Booked,

    /// <summary>The group is full, and the person is on its waiting list.</summary>
    Waiting,

    /// <summary>The group is full.</summary>
    Full,

    /// <summary>Somebody else was first.</summary>
    Taken,

    /// <summary>Some dates of a series cannot be had, and the caller did not agree to leave them out.</summary>
    DatesTaken,

    /// <summary>The mentor does not offer this time.</summary>
    NotOffered,

    /// <summary>The mentee has another session at this time.</summary>
    Overlaps,
    NoSuchMentor,
    NoSuchKind,
    WithOneself,

    /// <summary>The caller does not answer for the child.</summary>
    NotGuardian,

    /// <summary>The mentee has as many bookings ahead as the portal allows.</summary>
    TooManyOpen,

    /// <summary>The mentor has opened as many meetings at once today as the portal allows.</summary>
    TooManyInstant,

    /// <summary>The account has invited as many people today, or the address has had as many invitations.</summary>
    TooManyInvitations,

    /// <summary>A guest has asked not to be written to.</summary>
    NoMailWanted,

    /// <summary>A group has seats, and no guests of one who sits there.</summary>
    GroupWithoutGuests,
}

public static class BookingOutcomes
{
    /// <summary>For pages and the API alike.</summary>
    public static int Status(this BookingOutcome outcome) => Row(outcome).Status;

    /// <summary>In the reader's language; empty when there is a session.</summary>
    public static string Text(this BookingOutcome outcome) => Row(outcome).Text;

    /// <summary>The one table of outcomes, HTTP statuses and words.</summary>
    private static (int Status, string Text) Row(BookingOutcome outcome) => outcome switch
    {
        BookingOutcome.Booked or BookingOutcome.Waiting => (StatusCodes.Status201Created, ""),
        BookingOutcome.Full => (StatusCodes.Status409Conflict, ErrorText.GroupFull),
        BookingOutcome.Taken => (StatusCodes.Status409Conflict, ErrorText.SlotTaken),
        BookingOutcome.DatesTaken => (StatusCodes.Status409Conflict, ErrorText.SeriesConflicts),
        BookingOutcome.Overlaps => (StatusCodes.Status409Conflict, ErrorText.SlotOverlaps),
        BookingOutcome.NotOffered => (StatusCodes.Status422UnprocessableEntity, ErrorText.SlotNotOffered),
        BookingOutcome.TooManyOpen => (StatusCodes.Status409Conflict, ErrorText.BookingsTooMany),
        BookingOutcome.TooManyInstant => (StatusCodes.Status429TooManyRequests, ErrorText.InstantTooMany),
        BookingOutcome.TooManyInvitations => (StatusCodes.Status429TooManyRequests, ErrorText.InvitationsTooMany),
        BookingOutcome.NoMailWanted => (StatusCodes.Status409Conflict, ErrorText.InvitationNotWanted),
        BookingOutcome.NotGuardian => (StatusCodes.Status403Forbidden, ErrorText.GuardianNotAllowed),
        BookingOutcome.NoSuchMentor => (StatusCodes.Status404NotFound, ErrorText.NoSuchMentor),
        BookingOutcome.NoSuchKind => (StatusCodes.Status422UnprocessableEntity, ErrorText.NoSuchKind),
        BookingOutcome.GroupWithoutGuests => (StatusCodes.Status422UnprocessableEntity, ErrorText.GroupWithoutGuests),
        BookingOutcome.WithOneself => (StatusCodes.Status422UnprocessableEntity, ErrorText.BookingWithOneself),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
