namespace Portal.Sessions.Trouble;

/// <summary>
/// "Something does not work", said by somebody in a session, with what the portal knows: no addresses of machines, no links, no tokens.
/// </summary>
public class TroubleReport
{
    public const int MaxWords = 500;
    public const int MaxAnswer = 1000;

    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid SessionId { get; set; }
    public MentoringSession Session { get; set; } = null!;
    public Guid ParticipantId { get; set; }
    public DateTimeOffset AtUtc { get; set; }
    public TroublePlace Place { get; set; }

    /// <summary>What the person wrote; null for who only pressed.</summary>
    public string? Words { get; set; }

    /// <summary>JSON (<see cref="TroubleFacts"/>).</summary>
    public string Facts { get; set; } = "";
    public DateTimeOffset? AnsweredUtc { get; set; }

    /// <summary>Which administrator's account; null for a program, and before.</summary>
    public Guid? AnsweredBy { get; set; }
    public string? Answer { get; set; }
}

/// <summary>From where it was sent.</summary>
public enum TroublePlace
{
    Door,
    Room,
    Session,

    /// <summary>By a program, such as an app.</summary>
    Api,
}
