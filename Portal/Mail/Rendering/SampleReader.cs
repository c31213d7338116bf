using Localization;

namespace Portal.Mail.Rendering;

/// <summary>A made-up reader of the samples of mails.</summary>
/// <param name="TimeZone">IANA id.</param>
public sealed record SampleReader(string Name, string TimeZone)
{
    public const string EnglishName = "Mina O'Neil";

    public const string ArabicName = "سارة الخطيب";

    public const string Zone = "Africa/Cairo";

    public static SampleReader In(string language) => new(language == Languages.Arabic ? ArabicName : EnglishName, Zone);
}
