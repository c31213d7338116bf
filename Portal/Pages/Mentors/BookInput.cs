using System.ComponentModel.DataAnnotations;
using Localization;
using Portal.Pages.Shared;
using Portal.People;
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

    /// <summary>As many rows for guests as the form shows.</summary>
    public void MakeRoom()
    {
        while (Guests.Count < GuestRows)
            Guests.Add(new());
    }

    public IReadOnlyList<FieldProblem> Check(bool isGroup, BookingOptions policy) =>
    [
        .. FieldProblem.Of(
            (nameof(Topic), SessionRules.Topic(Topic, isOptional: isGroup)),
            (nameof(Note), SessionRules.Note(Note)),
            (nameof(Count), EveryWeeks == 0 ? null : SessionRules.Series(EveryWeeks, Count)),
            (At(0) + nameof(GuestInput.Email), SessionRules.Guests(Guests.Count(g => !g.IsEmpty), policy))),
        .. Guests.SelectMany((guest, i) => guest.IsEmpty ? [] : guest.Check(At(i))),
    ];

    public BookingRequest ToBooking(Guid mentorId, DateTimeOffset start, Guid? kindId) => new(mentorId, start, Topic ?? "")
    {
        KindId = kindId,
        Note = Note ?? "",
        Invitations = [.. Guests.Where(g => !g.IsEmpty).Select(g => g.ToInvitation())],
        OrWait = OrWait,
    };

    private static string At(int guest) => $"{nameof(Guests)}[{guest}].";
}
