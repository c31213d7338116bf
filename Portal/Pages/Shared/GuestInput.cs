using System.ComponentModel.DataAnnotations;
using Localization;
using NodaTime;
using Portal.Mentors;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Booking;

namespace Portal.Pages.Shared;

/// <summary>Somebody who is to come along; both fields empty is nobody.</summary>
public sealed class GuestInput
{
    /// <summary>For who looks in at the beginning.</summary>
    public static readonly IReadOnlyList<int> MinuteChoices = [15, 30, 45];

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.GuestEmail))]
    public string? Email { get; set; }

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.GuestName))]
    public string? Name { get; set; }

    public bool Observes { get; set; }

    /// <summary>Access for so many minutes after the start; null for as long as the session lasts.</summary>
    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.GuestAccess))]
    public int? Minutes { get; set; }

    /// <summary>Access until the end of a day, however the session is moved; as a browser writes a day.</summary>
    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.GuestLastDay))]
    public string? LastDay { get; set; }

    /// <param name="start">Of the session.</param>
    /// <param name="zone">In which days end.</param>
    /// <param name="at">Before the fields' names, where there are several guests.</param>
    public IReadOnlyList<FieldProblem> Check(DateTimeOffset start, string zone, string at = "") =>
    [
        .. ToInvitation(start, zone).Check(needsBoth: true, at),
        .. FieldProblem.Of(
            (at + nameof(Minutes), Minutes is null || MinuteChoices.Contains(Minutes.Value) ? null : ErrorText.AccessLength),
            (at + nameof(LastDay), LastDayProblem(start, zone))),
    ];

    public Invitation ToInvitation(DateTimeOffset start, string zone) => Invitation.Of(
        Email, Name, Observes ? ParticipantRole.Observer : ParticipantRole.Guest,
        Minutes is { } minutes ? start.AddMinutes(minutes) : EndOfDay(zone));

    private string? LastDayProblem(DateTimeOffset start, string zone) => string.IsNullOrWhiteSpace(LastDay) ? null
        : Minutes is not null ? ErrorText.AccessOneOfTwo
        : EndOfDay(zone) is not { } end ? ErrorText.DayWrong
        : end <= start ? ErrorText.AccessTooShort : null;

    private DateTimeOffset? EndOfDay(string zone) => MentorDays.ReadDay(LastDay) is not { } day || day.Year >= 9999 ? null
        : DateTimeZoneProviders.Tzdb[zone].AtStartOfDay(LocalDate.FromDateOnly(day).PlusDays(1)).ToDateTimeOffset().ToUniversalTime();

    public bool IsEmpty => string.IsNullOrWhiteSpace(Email) && string.IsNullOrWhiteSpace(Name);
}
