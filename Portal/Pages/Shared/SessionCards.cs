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

    public SessionCardModel For(MentoringSession session, SessionParticipant reader, string language) =>
        For(session, reader, reader.TimeZone, language);

    /// <param name="session">The session.</param>
    /// <param name="reader">Null for an administrator who has no part in it.</param>
    /// <param name="zone">The reader's.</param>
    /// <param name="language">The reader's.</param>
    public SessionCardModel For(MentoringSession session, SessionParticipant? reader, string zone, string language)
    {
        // Whoever leads it first; in a group that is whose clock the others want to know.
        var others = session.Participants.Where(p => p.Id != reader?.Id && p.IsIn).OrderBy(p => p.Role != ParticipantRole.Mentor).ToList();
        var other = others.FirstOrDefault(p => p.Role is ParticipantRole.Mentor or ParticipantRole.Mentee);
        var (state, tone) = reader?.WaitingSinceUtc is not null && session.State.HoldsItsTime()
            ? (UiText.StateWaitingList, Tone.Sun) : Chip(session.State);
        return new SessionCardModel
        {
            Day = SessionTime.Day(session.StartUtc, zone, language),
            Time = SessionTime.Range(session.StartUtc, session.LengthMinutes, zone),
            Zone = ZoneNames.In(zone, language),
            OtherZone = other is not null && SessionTime.Differs(session.StartUtc, other.TimeZone, zone)
                ? OtherSide(other.Name, session.StartUtc, session.LengthMinutes, zone, other.TimeZone) : null,
            Start = session.StartUtc,
            Past = session.State is not (SessionState.Confirmed or SessionState.Requested),
            Topic = session.Topic,
            Link = $"/sessions/{session.Id}",
            People = [.. others.Where(p => p.Name.Length > 0).Select(p => new CardPerson(p.Name, Part(p, zone), PictureOf(p)))],
            Tool = session.Links.FirstOrDefault() is { } link ? providers.Find(link.ProviderAccount.ProviderId)?.NameIn(language) : null,
            State = state,
            Tone = tone,
        };
    }

    /// <summary>The same in one line. A confirmed session needs no word for it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="reader">Whose it is.</param>
    /// <param name="language">The reader's.</param>
    /// <param name="zone">Of who reads in somebody's place.</param>
    public SessionRow Row(MentoringSession session, SessionParticipant reader, string language, string? zone = null)
    {
        zone ??= reader.TimeZone;
        var card = For(session, reader, zone, language);
        return new(session.Id, card.Start, SessionTime.ShortDay(session.StartUtc, zone, language),
            SessionTime.Clock(session.StartUtc, zone), session.Topic, [.. card.People.Take(SessionRow.MaxPeople)],
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

    /// <summary>What somebody is there, and until when, where that is not the session's end.</summary>
    public static string Part(SessionParticipant person, string zone) => person.AccessUntilUtc is not { } until ? RoleName(person.Role)
        : UiText.PartUntil.With(RoleName(person.Role), SessionTime.Moment(until, zone, Languages.Current));

    public static string RoleName(ParticipantRole role) => role switch
    {
        ParticipantRole.Mentor => UiText.RoleMentor,
        ParticipantRole.Mentee => UiText.RoleMentee,
        ParticipantRole.Observer => UiText.RoleObserver,
        _ => UiText.RoleGuest,
    };
}
