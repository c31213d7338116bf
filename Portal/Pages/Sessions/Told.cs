using Localization;
using Portal.Sessions;

namespace Portal.Pages.Sessions;

/// <summary>Who has been told of a change by email, in a sentence.</summary>
public static class Told
{
    /// <summary>Null when there is nobody else.</summary>
    /// <param name="session">As it is after the change.</param>
    /// <param name="teller">Whose change it was.</param>
    public static string? Of(MentoringSession session, Guid? teller)
    {
        var names = session.Participants
            .Where(p => p.LeftUtc is null && p.WithdrawnUtc is null && p.Email.Length > 0 && (p.UserId is null || p.UserId != teller))
            .Select(p => Name(p)).ToList();
        return names.Count switch
        {
            0 => null,
            1 => UiText.ToldOne.With(names[0]),
            2 => UiText.ToldTwo.With(names[0], names[1]),
            _ => Plural.Of("ToldMany", names.Count),
        };
    }

    /// <summary>To stand inside a sentence of either direction.</summary>
    public static string Name(SessionParticipant? person) =>
        Names.One(person is { Name.Length: > 0 } ? person.Name : UiText.GuestUnnamed);
}
