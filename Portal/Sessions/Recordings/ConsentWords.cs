using System.Globalization;
using Localization;

namespace Portal.Sessions.Recordings;

/// <summary>What is read and answered, as it is kept with the answer.</summary>
public static class ConsentWords
{
    public const int MaxLength = 1000;

    /// <summary>The question and the words of the answer, in the reader's language.</summary>
    public static string Of(RecordingAnswer answer) => $"{UiText.ConsentQuestion} {Answer(answer)}";

    public static string Answer(RecordingAnswer answer) =>
        answer == RecordingAnswer.Yes ? UiText.ConsentYes : UiText.ConsentNo;

    public static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>As forms and programs send it; null for anything else.</summary>
    public static RecordingAnswer? Read(string? text) => text switch
    {
        "yes" => RecordingAnswer.Yes,
        "no" => RecordingAnswer.No,
        _ => null,
    };

    public static RecordingConsent Made(Guid sessionId, Guid participantId, RecordingAnswer answer, DateTimeOffset now) => new()
    {
        SessionId = sessionId,
        ParticipantId = participantId,
        Answer = answer,
        Wording = Of(answer),
        Language = Language,
        AtUtc = now,
    };
}
