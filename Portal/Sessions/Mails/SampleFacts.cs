using Localization;
using Portal.Mail.Rendering;

namespace Portal.Sessions.Mails;

/// <summary>Made-up facts for the samples of mails about sessions.</summary>
public static class SampleFacts
{
    public const string Mentor = "Layla Hassan";

    public const string ArabicMentor = "ليلى حسن";

    public const string Mentee = SampleReader.EnglishName;

    public const string MentorZone = "Europe/Berlin";

    public const string MenteeZone = SampleReader.Zone;

    public static SampleReader MentorIn(string language) => new(language == Languages.Arabic ? ArabicMentor : Mentor, MentorZone);

    /// <summary>As the mentee reads it.</summary>
    public static readonly SessionFacts Session = new(
        "Grant writing", new(2026, 11, 24, 16, 0, 0, TimeSpan.Zero), 60, ParticipantRole.Mentee, [Mentor], MentorZone);

    /// <summary>The same one as the mentor reads it.</summary>
    public static readonly SessionFacts ForMentor =
        Session with { ReaderRole = ParticipantRole.Mentor, With = [Mentee], WithTimeZone = MenteeZone };
}
