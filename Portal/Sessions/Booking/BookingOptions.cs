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
}
