using System.ComponentModel.DataAnnotations;

namespace Portal.Jobs;

/// <summary>How many days things are kept that nobody needs any more. 0: for ever.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";
    private const int Max = 36_500;

    /// <summary>Mails that were sent, dropped or given up, with every try to send them.</summary>
    [Range(0, Max)]
    public int MailDays { get; set; } = 180;

    /// <summary>Devices that have signed out, or that nobody came back to; never less than their cookies live.</summary>
    [Range(14, Max)]
    public int DeviceDays { get; set; } = 30;

    /// <summary>Who joined, was refused, was late: the evidence of a session, counted from its start.</summary>
    [Range(0, Max)]
    public int MeetingEventDays { get; set; } = 730;

    /// <summary>Files that people shared in sessions, counted from the session, or from their coming where that was later.</summary>
    [Range(0, Max)]
    public int FileDays { get; set; } = 730;

    /// <summary>Browsers that nothing was pushed to for so long.</summary>
    [Range(0, Max)]
    public int PushDays { get; set; } = 365;

    [Range(0, Max)]
    public int AuditDays { get; set; } = 1095;

    /// <summary>Of the audit trail, who signed in, was refused or was too fast.</summary>
    [Range(0, Max)]
    public int SignInDays { get; set; } = 180;

    /// <summary>Requests that were declined or have expired, counted from their time; they were never sessions.</summary>
    [Range(0, Max)]
    public int RequestDays { get; set; } = 365;

    /// <summary>Accounts whose address nobody has confirmed: whoever signed up may not have been its owner.</summary>
    [Range(0, Max)]
    public int UnconfirmedDays { get; set; } = 7;

    /// <summary>What was wrong with sessions and has been solved.</summary>
    [Range(0, Max)]
    public int SolvedTroubleDays { get; set; } = 365;
}
