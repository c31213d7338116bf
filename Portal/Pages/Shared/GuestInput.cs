using System.ComponentModel.DataAnnotations;
using Localization;
using Portal.People;
using Portal.Sessions;
using Portal.Sessions.Booking;

namespace Portal.Pages.Shared;

/// <summary>Somebody who is to come along; both fields empty is nobody.</summary>
public sealed class GuestInput
{
    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.GuestEmail))]
    public string? Email { get; set; }

    [Display(ResourceType = typeof(UiText), Name = nameof(UiText.GuestName))]
    public string? Name { get; set; }

    public bool Observes { get; set; }

    public IReadOnlyList<FieldProblem> Check(string at = "") => ToInvitation().Check(needsBoth: true, at);

    public Invitation ToInvitation() => Invitation.Of(Email, Name, Observes ? ParticipantRole.Observer : ParticipantRole.Guest);

    public bool IsEmpty => string.IsNullOrWhiteSpace(Email) && string.IsNullOrWhiteSpace(Name);
}
