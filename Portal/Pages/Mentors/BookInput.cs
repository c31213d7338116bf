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

    /// <summary>The child whose session it is to be; null for the reader's own.</summary>
    public Guid? For { get; set; }

    /// <summary>Who books for a child looks on.</summary>
    public bool Observe { get; set; }

    public List<GuestInput> Guests { get; set; } = [];

    /// <summary>As many rows for guests as the form shows.</summary>
    public void MakeRoom()
    {
        while (Guests.Count < GuestRows)
            Guests.Add(new());
    }

    /// <param name="isGroup">It has its topic already.</param>
    /// <param name="policy">The installation's.</param>
    /// <param name="start">Null where nobody has picked a time.</param>
    /// <param name="zone">The reader's.</param>
    public IReadOnlyList<FieldProblem> Check(bool isGroup, BookingOptions policy, DateTimeOffset? start, string zone) =>
    [
        .. FieldProblem.Of(
            (nameof(Topic), SessionRules.Topic(Topic, isOptional: isGroup)),
            (nameof(Note), SessionRules.Note(Note)),
            (nameof(Count), EveryWeeks == 0 ? null : SessionRules.Series(EveryWeeks, Count)),
            (At(0) + nameof(GuestInput.Email), SessionRules.Guests(Guests.Count(g => !g.IsEmpty), policy))),
        .. Guests.SelectMany((guest, i) => guest.IsEmpty ? [] : guest.Check(start ?? DateTimeOffset.MinValue, zone, At(i))),
    ];

    public BookingRequest ToBooking(Guid mentorId, DateTimeOffset start, string zone, Guid? kindId) => new(mentorId, start, Topic ?? "")
    {
        KindId = kindId,
        Note = Note ?? "",
        Invitations = [.. Guests.Where(g => !g.IsEmpty).Select(g => g.ToInvitation(start, zone))],
        OrWait = OrWait,
        ChildId = For,
        Observes = Observe,
    };

    private static string At(int guest) => $"{nameof(Guests)}[{guest}].";
}
