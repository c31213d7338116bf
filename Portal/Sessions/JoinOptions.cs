using System.ComponentModel.DataAnnotations;

namespace Portal.Sessions;

/// <summary>What stands between an open door and the meeting, for everybody but the mentor.</summary>
public enum WaitingRoom
{
    None,

    /// <summary>They wait until the mentor has joined.</summary>
    UntilMentorJoins,

    /// <summary>They wait until the mentor lets them in, one by one or all at once.</summary>
    MentorAdmits,
}

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

    public WaitingRoom WaitingRoom { get; set; }

    /// <summary>
    /// Who waits is let in by the portal so many minutes after the start, or after coming where that is later; 0: by the mentor alone.
    /// </summary>
    [Range(0, 120)]
    public int AdmitsAfterMinutes { get; set; }

    /// <summary>The session is complete so many minutes after the first person came in, from its start on; 0: when it ends.</summary>
    [Range(0, 24 * 60)]
    public int MaxMinutes { get; set; }

    /// <summary>The session is complete when its mentor has left and stayed away so many minutes; 0: when it ends.</summary>
    [Range(0, 120)]
    public int EndsAfterMentorLeftMinutes { get; set; }

    /// <summary>
    /// True: what people write to everybody in an embedded meeting's chat is kept with the session, for its two sides to read.
    /// </summary>
    public bool KeepsChat { get; set; }

    /// <summary>False: meeting tools get no email addresses of people who join, only names.</summary>
    public bool GivesEmailsToTools { get; set; } = true;

    /// <summary>How long after the start who is there waits before the other side can be recorded as missing.</summary>
    [Range(0, 120)]
    public int GraceMinutes { get; set; } = 10;
}
