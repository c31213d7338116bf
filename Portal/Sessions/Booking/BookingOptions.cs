using System.ComponentModel.DataAnnotations;

namespace Portal.Sessions.Booking;

public sealed class BookingOptions
{
    public const string Section = "Booking";

    /// <summary>True: whoever moves a session proposes the time, and the other side agrees or not.</summary>
    public bool MovesNeedConsent { get; set; }

    /// <summary>Cancelling or moving later than this before the start is called late.</summary>
    [Range(0, 14 * 24)]
    public int LateHours { get; set; } = 24;

    /// <summary>True: people without an account may be invited, each by a link of their own.</summary>
    public bool Guests { get; set; } = true;

    /// <summary>Guests and observers in one session.</summary>
    [Range(0, 100)]
    public int MaxGuests { get; set; } = 10;

    /// <summary>Minutes by which one session can be extended, all extensions together; 0 for none.</summary>
    [Range(0, 24 * 60)]
    public int MaxExtension { get; set; } = 60;

    /// <summary>Bookings and requests that one mentee can have ahead, with all mentors together; a series counts all its dates.</summary>
    [Range(1, 10_000)]
    public int MaxOpen { get; set; } = 60;

    /// <summary>Likewise, with one mentor.</summary>
    [Range(1, 10_000)]
    public int MaxOpenPerMentor { get; set; } = 30;

    /// <summary>Meetings that one mentor can open at once in a day.</summary>
    [Range(1, 10_000)]
    public int MaxInstantPerDay { get; set; } = 20;

    /// <summary>Guests and observers ever invited to one session, those whose link was withdrawn among them.</summary>
    [Range(0, 1000)]
    public int MaxInvitations { get; set; } = 20;

    /// <summary>Guests and observers whom one account can invite in a day.</summary>
    [Range(0, 10_000)]
    public int MaxInvitationsPerDay { get; set; } = 40;

    /// <summary>Invitations to one address in a day, whoever sends them.</summary>
    [Range(0, 1000)]
    public int MaxInvitationsPerAddress { get; set; } = 5;
}
