using System.ComponentModel.DataAnnotations;
using Localization;
using Portal.Api;
using Portal.Pages.Shared;
using Portal.People.Profile;
using Portal.Sessions;
using Portal.Sessions.Booking;

namespace Portal.Pages.Mentors;

/// <summary>The form that books a time.</summary>
public sealed class BookInput
{
    public const int GuestRows = 2;

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.BookTopic))]
    public string? Topic { get; set; }

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.BookNote))]
    public string? Note { get; set; }

    /// <summary>0 for a single session.</summary>
    public int EveryWeeks { get; set; }

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.BookCount))]
    public int Count { get; set; } = 4;

    /// <summary>Dates that cannot be had are left out.</summary>
    public bool LeaveOut { get; set; }

    /// <summary>A place on the waiting list will do.</summary>
    public bool OrWait { get; set; }

    public List<GuestInput> Guests { get; set; } = [];

    public IEnumerable<(string Field, string Message)> Problems(bool isGroup, int mostGuests)
    {
        if (!isGroup && FreeText.OneLine(Topic) is "")
            yield return (nameof(Topic), ErrorText.BookTopicMissing);
        else if (Topic?.Length > BookingRequest.LongestTopic)
            yield return (nameof(Topic), ErrorText.FieldTooLong.With(BookingRequest.LongestTopic));
        if (Note?.Length > BookingRequest.LongestNote)
            yield return (nameof(Note), ErrorText.FieldTooLong.With(BookingRequest.LongestNote));
        if (EveryWeeks is < 0 or > 2 || EveryWeeks > 0 && Count is < 2 or > SessionSeries.MostSessions)
            yield return (nameof(Count), ErrorText.SeriesRange.With(2, SessionSeries.MostSessions));
        if (Guests.Count(g => !g.IsEmpty) > mostGuests)
            yield return ("Guests[0].Email", ErrorText.GuestsTooMany);
        for (var i = 0; i < Guests.Count; i++)
        {
            if (Guests[i].IsEmpty)
                continue;
            if (PersonRules.Email(Guests[i].Email) is { } email)
                yield return ($"Guests[{i}].Email", email);
            if (PersonRules.Name(Guests[i].Name) is { } name)
                yield return ($"Guests[{i}].Name", name);
        }
    }

    public IReadOnlyList<Invitation> Invitations() =>
        [.. Guests.Where(g => !g.IsEmpty).Select(g => new Invitation(
            g.Email!.Trim(), g.Name!.Trim(), g.Observes ? ParticipantRole.Observer : ParticipantRole.Guest))];
}
