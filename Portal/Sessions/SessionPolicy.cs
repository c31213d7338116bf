
using Portal.Sessions.Booking;

namespace Portal.Sessions;

/// <summary>The installation's rules by which it is judged who may do what with a session.</summary>
public sealed record SessionPolicy(BookingOptions Booking, JoinOptions Joining);
