using System.ComponentModel.DataAnnotations;

namespace Portal.Sessions;

public sealed class JoinOptions
{
    public const string Section = "Join";

    [Range(0, 24 * 60)]
    public int OpensMinutesBefore { get; set; } = 15;

    /// <summary>How long after its planned end a session can still be joined.</summary>
    [Range(0, 24 * 60)]
    public int SessionOverrunMinutes { get; set; } = 30;

    /// <summary>True: the mailed link is enough to join. False: the person must be signed in as well.</summary>
    public bool TicketAlone { get; set; } = true;

    /// <summary>True: mentees wait until the mentor has joined.</summary>
    public bool MentorOpensRoom { get; set; }

    /// <summary>False: meeting tools get no email addresses of people who join, only names.</summary>
    public bool GivesEmailsToTools { get; set; } = true;

    /// <summary>How long after the start who is there waits before the other side can be recorded as missing.</summary>
    [Range(0, 120)]
    public int GraceMinutes { get; set; } = 10;
}
