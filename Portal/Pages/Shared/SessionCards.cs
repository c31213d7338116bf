using Localization;
using Portal.People.Profile;
using Portal.ProviderHost;
using Portal.Sessions;

namespace Portal.Pages.Shared;

/// <summary>Session cards for one reader.</summary>
public sealed class SessionCards(MeetingProviders providers, Pictures pictures)
{
    private Dictionary<Guid, string> _pictures = [];

    /// <summary>The pictures of everybody in these sessions, at once; cards made before are without.</summary>
    public async Task LoadPicturesAsync(IEnumerable<MentoringSession> sessions, CancellationToken cancellationToken) =>
        _pictures = await pictures.VersionsOfAsync(
            [.. sessions.SelectMany(s => s.Participants).Where(p => p.UserId is not null).Select(p => p.UserId!.Value).Distinct()],
            cancellationToken);

    public SessionCardModel For(MentoringSession session, SessionParticipant reader, string language)
    {
        var others = session.Participants.Where(p => p.Id != reader.Id && p.IsIn).ToList();
        var other = others.FirstOrDefault(p => p.Role is ParticipantRole.Mentor or ParticipantRole.Mentee);
        var (state, tone) = reader.WaitingSinceUtc is not null && session.State.HoldsItsTime()
            ? (UiText.StateWaitingList, Tone.Sun) : Chip(session.State);
        return new SessionCardModel
        {
            Day = SessionTime.Day(session.StartUtc, reader.TimeZone, language),
            Time = SessionTime.Range(session.StartUtc, session.LengthMinutes, reader.TimeZone),
            Zone = ZoneNames.In(reader.TimeZone, language),
            OtherZone = other is not null && SessionTime.Differs(session.StartUtc, other.TimeZone, reader.TimeZone)
                ? OtherSide(other.Name, session.StartUtc, session.LengthMinutes, reader.TimeZone, other.TimeZone) : null,
            Start = session.StartUtc,
            Past = session.State is not (SessionState.Confirmed or SessionState.Requested),
            Topic = session.Topic,
            Link = $"/sessions/{session.Id}",
            People = [.. others.Where(p => p.Name.Length > 0).Select(p => new CardPerson(p.Name, RoleName(p.Role), PictureOf(p)))],
            Tool = session.Links.FirstOrDefault() is { } link ? providers.Find(link.ProviderAccount.ProviderId)?.NameIn(language) : null,
            State = state,
            Tone = tone,
        };
    }

    /// <summary>The same in one line. A confirmed session needs no word for it.</summary>
    public SessionRow Row(MentoringSession session, SessionParticipant reader, string language)
    {
        var card = For(session, reader, language);
        return new(session.Id, card.Start, SessionTime.ShortDay(session.StartUtc, reader.TimeZone, language),
            SessionTime.Clock(session.StartUtc, reader.TimeZone), session.Topic, [.. card.People.Take(SessionRow.MaxPeople)],
            session.State == SessionState.Confirmed && reader.WaitingSinceUtc is null ? null : card.State, card.Tone)
        { SeriesId = session.SeriesId, Past = card.Past };
    }

    /// <summary>What somebody else's clock shows, with the day where it is another one there.</summary>
    public static string OtherSide(string name, DateTimeOffset start, int minutes, string zone, string theirs)
    {
        var (language, range) = (Languages.Current, SessionTime.Range(start, minutes, theirs).Isolated());
        var day = SessionTime.Day(start, theirs, language);
        return UiText.CardOtherZone.With(
            Names.One(name), day == SessionTime.Day(start, zone, language) ? range : day + UiText.ListComma + range,
            ZoneNames.In(theirs, language));
    }

    private string? PictureOf(SessionParticipant person) =>
        person.UserId is { } id && _pictures.TryGetValue(id, out var version) ? Pictures.PathOf(id, version) : null;

    public static (string Word, Tone Tone) Chip(SessionState state) => state switch
    {
        SessionState.Requested => (UiText.StateRequested, Tone.Sun),
        SessionState.Confirmed => (UiText.StateConfirmed, Tone.Good),
        SessionState.Declined => (UiText.StateDeclined, Tone.Bad),
        SessionState.Expired => (UiText.StateExpired, Tone.Plain),
        SessionState.Cancelled => (UiText.StateCancelled, Tone.Bad),
        SessionState.Completed => (UiText.StateCompleted, Tone.Plain),
        _ => (UiText.StateMissed, Tone.Bad),
    };

    public static string RoleName(ParticipantRole role) => role switch
    {
        ParticipantRole.Mentor => UiText.RoleMentor,
        ParticipantRole.Mentee => UiText.RoleMentee,
        ParticipantRole.Observer => UiText.RoleObserver,
        _ => UiText.RoleGuest,
    };
}
