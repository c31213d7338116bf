using Localization;
using Portal.People;
using Portal.Sessions.Availability;
using Portal.Sessions.Booking;
using Portal.Sessions.Breakouts;
using Portal.Sessions.Trouble;

namespace Portal.Sessions;

/// <summary>What may stand in requests about sessions, for forms and programs alike. Each rule says what is wrong, or null.</summary>
public static class SessionRules
{
    public const int MaxTopic = 200;
    public const int MaxNote = 1000;
    public const int MaxReason = 500;
    public const int MaxComment = 1000;
    public const int MaxRating = 5;
    public const int MinInstantMinutes = 15;
    public const int MaxInstantMinutes = 240;
    public const int MinExtension = 5;
    public const int MaxExtension = 30;
    public const int MaxSessionsInSeries = 26;

    public static readonly IReadOnlyList<int> LateChoices = [5, 10, 15];

    /// <param name="topic">As typed.</param>
    /// <param name="isOptional">A kind of session may have its name for a topic.</param>
    public static string? Topic(string? topic, bool isOptional = false) =>
        FreeText.OneLine(topic) is "" && !isOptional ? ErrorText.BookTopicMissing : FreeText.Check(FreeText.OneLine(topic), MaxTopic);

    public static string? Note(string? note) => AtMost(note, MaxNote);

    public static string? CancelReason(string? reason) =>
        FreeText.Lines(reason) is "" ? ErrorText.CancelReasonMissing : AtMost(reason, MaxReason);

    public static string? DeclineReason(string? reason) => AtMost(reason, MaxReason);

    public static string? Rating(int? rating) => rating is >= 1 and <= MaxRating ? null : ErrorText.FeedbackRating;

    public static string? Comment(string? comment) => FreeText.Lines(comment).Length > MaxComment
        ? ErrorText.FeedbackTooLong.With(MaxComment) : AtMost(comment, MaxComment);

    /// <summary>A sentence about what does not work; none is needed.</summary>
    public static string? Trouble(string? words) => AtMost(words, TroubleReport.MaxWords);

    public static string? TroubleAnswer(string? answer) =>
        FreeText.Lines(answer) is "" ? ErrorText.FieldMissing : AtMost(answer, TroubleReport.MaxAnswer);

    /// <summary>Of a breakout room: the others read it in the meeting tool.</summary>
    public static string? GroupName(string? name) =>
        FreeText.OneLine(name) is "" ? ErrorText.FieldMissing : FreeText.Check(FreeText.OneLine(name), BreakoutGroup.MaxName);

    public static string? InstantMinutes(int minutes) =>
        minutes is >= MinInstantMinutes and <= MaxInstantMinutes && minutes % BusyTick.Minutes == 0
            ? null : ErrorText.MinutesRange.With(MinInstantMinutes, MaxInstantMinutes, BusyTick.Minutes);

    public static string? Extension(int? minutes) =>
        minutes is >= MinExtension and <= MaxExtension && minutes % BusyTick.Minutes == 0 ? null : ErrorText.ExtendSteps;

    public static string? LateMinutes(int? minutes) => minutes is { } chosen && LateChoices.Contains(chosen) ? null : ErrorText.LateMinutes;

    public static string? Series(int everyWeeks, int count) => everyWeeks is 1 or 2 && count is >= 2 and <= MaxSessionsInSeries
        ? null : ErrorText.SeriesRange.With(2, MaxSessionsInSeries);

    /// <summary>How many guests and observers may come with a booking.</summary>
    public static string? Guests(int count, BookingOptions policy) =>
        count > 0 && !policy.Guests ? ErrorText.GuestsOff : count > policy.MaxGuests ? ErrorText.GuestsTooMany : null;

    // As it is stored: a browser counts a line break as one character and sends it as two.
    private static string? AtMost(string? text, int max) => FreeText.Check(FreeText.Lines(text), max);
}
