using System.Globalization;
using Localization;

namespace Portal.Sessions.Recordings;

/// <summary>An answer about being recorded, and the language in which the question was read.</summary>
public readonly record struct ConsentWord(RecordingAnswer Answer, string Language)
{
    /// <summary>Of the wording that is kept.</summary>
    public const int MaxWording = 1000;

    /// <summary>As forms and programs send it: yes or no, and behind a dot the language of the page. Null for anything else.</summary>
    public static ConsentWord? Read(string? text)
    {
        var parts = (text ?? "").Split('.');
        RecordingAnswer? answer = parts[0] switch
        {
            "yes" => RecordingAnswer.Yes,
            "no" => RecordingAnswer.No,
            _ => null,
        };
        var language = parts.Length == 2 ? parts[1] : CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        return answer is { } said && parts.Length <= 2
            ? new(said, Languages.All.Contains(language) ? language : Languages.English) : null;
    }

    /// <summary>As a form on this page sends it.</summary>
    public static string Value(RecordingAnswer answer) =>
        $"{(answer == RecordingAnswer.Yes ? "yes" : "no")}.{CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}";

    /// <summary>The words beside the button.</summary>
    public static string Label(RecordingAnswer answer) => answer == RecordingAnswer.Yes ? UiText.ConsentYes : UiText.ConsentNo;

    internal static ConsentWord? Of(RecordingConsent? said) => said is null ? null : new(said.Answer, said.Language);

    /// <summary>With the very words that were read.</summary>
    internal RecordingConsent Made(Guid sessionId, Guid participantId, DateTimeOffset now)
    {
        var culture = CultureInfo.GetCultureInfo(Language);
        string Text(string name) => UiText.ResourceManager.GetString(name, culture)!;
        return new()
        {
            SessionId = sessionId,
            ParticipantId = participantId,
            Answer = Answer,
            Wording = $"{Text(nameof(UiText.ConsentQuestion))} {Text(
                Answer == RecordingAnswer.Yes ? nameof(UiText.ConsentYes) : nameof(UiText.ConsentNo))}",
            Language = Language,
            AtUtc = now,
        };
    }
}
