using Portal.People;

namespace Portal.Sessions.Availability;

/// <summary>How a mentor works. Hours are in the time zone of the mentor's account.</summary>
public class MentorProfile
{
    public Guid UserId { get; set; }
    public PortalUser User { get; set; } = null!;

    /// <summary>The tool of new sessions; empty for the installation's default.</summary>
    public string ProviderId { get; set; } = "";

    /// <summary>Given by an administrator; null for the default account of whichever tool is chosen.</summary>
    public Guid? ProviderAccountId { get; set; }

    /// <summary>What the mentor decided where tools leave it to them, see <see cref="ProviderHost.MentorChoices"/>.</summary>
    public string? ToolChoices { get; set; }

    /// <summary>The mentor's own meeting address, for providers that need one. Only the mentor and admins read it.</summary>
    public string? ExternalMeetingUrl { get; set; }

    /// <summary>The mentor's own phone number or address, for providers that need one. Only people in a session at it read it.</summary>
    public string? Place { get; set; }

    /// <summary>One line under the name, and a longer text; both in the mentor's own words.</summary>
    public string Headline { get; set; } = "";
    public string About { get; set; } = "";

    /// <summary>What the mentor can be found by, as typed: the directory compares without case.</summary>
    public List<string> Topics { get; set; } = [];

    /// <summary>Languages spoken, as two-letter codes.</summary>
    public List<string> Languages { get; set; } = [];

    /// <summary>Length of an ordinary session. This and the next two are multiples of <see cref="Sessions.BusyTick.Minutes"/>.</summary>
    public int SessionMinutes { get; set; } = 60;
    public int BufferMinutes { get; set; }
    public int NoticeMinutes { get; set; } = 60;

    public int HorizonDays { get; set; } = 30;

    /// <summary>Sessions in one day of the mentor's own zone; null for no limit.</summary>
    public int? MaxPerDay { get; set; }

    /// <summary>Bookings wait for the mentor's yes, for at most <see cref="Sessions.MentoringSession.MaxRequest"/>.</summary>
    public bool ConfirmsByHand { get; set; }

    /// <summary>Not offered to anybody for the time being; sessions that are booked stay.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Address of the mentor's own calendar (ICS), encrypted: whoever knows it reads the calendar.</summary>
    public string? BusyCalendarSecret { get; set; }
    public DateTimeOffset? BusyCalendarReadUtc { get; set; }

    /// <summary>Why the calendar could not be read the last time; null when it could.</summary>
    public string? BusyCalendarProblem { get; set; }

    public List<WeeklyHours> Hours { get; set; } = [];
    public List<SpecialDay> SpecialDays { get; set; } = [];
    public List<SessionKind> Kinds { get; set; } = [];
}
