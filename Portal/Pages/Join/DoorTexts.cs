using Localization;
using Portal.Joining;
using Portal.Pages.Shared;
using Portal.Sessions;
using Portal.Sessions.Live;
using MeetingPlaceKind = Providers.MeetingPlaceKind;

namespace Portal.Pages.Join;

/// <summary>What the door says: what the state is, what it means, what to do.</summary>
public static class DoorTexts
{
    public static string Title(JoinView view) => view.Decision switch
    {
        JoinDecision.Over when view.Person?.State == SessionState.Missed => UiText.DoorMissedTitle,
        JoinDecision.Open when view.Person is { IsElsewhere: true } => UiText.DoorPlaceTitle,
        JoinDecision.Open => UiText.DoorOpenTitle,
        JoinDecision.TooEarly => UiText.DoorEarlyTitle,
        JoinDecision.NotConfirmed => UiText.DoorNotConfirmedTitle,
        JoinDecision.WaitingForMentor => UiText.DoorWaitingTitle,
        JoinDecision.Preparing => UiText.DoorPreparingTitle,
        JoinDecision.Cancelled => UiText.DoorCancelledTitle,
        JoinDecision.Over => UiText.DoorOverTitle,
        JoinDecision.Revoked => UiText.DoorRevokedTitle,
        JoinDecision.AccessEnded => UiText.DoorAccessEndedTitle,
        JoinDecision.NotParticipant => UiText.DoorNotYoursTitle,
        JoinDecision.SignInNeeded => UiText.DoorSignInTitle,
        JoinDecision.NameNeeded => UiText.DoorOpenTitle,
        JoinDecision.ConsentNeeded => UiText.DoorOpenTitle,
        JoinDecision.ProviderFailed => UiText.DoorProviderFailedTitle,
        _ => UiText.DoorUnknownTitle,
    };

    public static string Sentence(JoinView view, bool pressed, string language)
    {
        var person = view.Person;
        return view.Decision switch
        {
            JoinDecision.Open when person!.IsElsewhere => UiText.DoorPlace,
            JoinDecision.Open => Welcome(person.Name),
            JoinDecision.TooEarly =>
                UiText.DoorEarly.With(SessionTime.Moment(view.OpensAt, person!.TimeZone, language),
                ZoneNames.In(person.TimeZone, language)),
            JoinDecision.NotConfirmed => UiText.DoorNotConfirmed,
            JoinDecision.WaitingForMentor => pressed && !person!.MentorHasJoined ? UiText.DoorWaitingPressed : UiText.DoorWaiting,
            JoinDecision.Preparing => UiText.DoorPreparing,
            JoinDecision.Cancelled => person!.CancelledUtc is { } at
                ? UiText.DoorCancelledAt.With(SessionTime.Moment(at, person.TimeZone, language)) : UiText.DoorCancelled,
            JoinDecision.Over when person!.State == SessionState.Missed => UiText.DoorMissed,
            JoinDecision.Over => UiText.DoorOver.With(SessionTime.Moment(view.ClosesAt, person!.TimeZone, language)),
            JoinDecision.Revoked => person is null ? UiText.DoorSpent : UiText.DoorRevoked,
            JoinDecision.AccessEnded => UiText.DoorAccessEnded.With(
                SessionTime.Moment(person!.AccessUntil!.Value, person.TimeZone, language), ZoneNames.In(person.TimeZone, language)),
            JoinDecision.NotParticipant => UiText.DoorNotYours,
            JoinDecision.SignInNeeded => UiText.DoorSignIn,
            JoinDecision.NameNeeded => UiText.DoorName.With(Names.One(person!.MentorName)),
            JoinDecision.ConsentNeeded => UiText.DoorConsent,
            JoinDecision.ProviderFailed => UiText.DoorProviderFailed,
            _ => UiText.DoorUnknown,
        };
    }

    /// <summary>The button's.</summary>
    public static (string Icon, string Label) Button(JoinView view) => (view.Decision, view.Person!.PlaceKind) switch
    {
        (JoinDecision.Open, MeetingPlaceKind.Phone) => ("phone", UiText.DoorShowPhone),
        (JoinDecision.Open, MeetingPlaceKind.Address) => ("pin", UiText.DoorShowAddress),
        (JoinDecision.ProviderFailed, _) => ("video", UiText.JoinTryAgain),
        (JoinDecision.Open or JoinDecision.ConsentNeeded, _) => ("video", UiText.JoinNow),
        _ => ("video", UiText.JoinWhenOpen),
    };

    /// <summary>Without a sign-in the card shows when, and nothing that a stranger who found the mail should read.</summary>
    public static SessionCardModel Card(JoinView view, bool details, string language)
    {
        var person = view.Person!;
        var (chip, tone) = SessionCards.Chip(view.Decision switch
        {
            JoinDecision.Cancelled => SessionState.Cancelled,
            JoinDecision.Over => person.State == SessionState.Missed ? SessionState.Missed : SessionState.Completed,
            JoinDecision.NotConfirmed => SessionState.Requested,
            _ => SessionState.Confirmed,
        });
        return new SessionCardModel
        {
            Day = SessionTime.Day(person.Start, person.TimeZone, language),
            Time = SessionTime.Range(person.Start, person.LengthMinutes, person.TimeZone),
            Zone = ZoneNames.In(person.TimeZone, language),
            Start = person.Start,
            Past = view.Decision is JoinDecision.Cancelled or JoinDecision.Over or JoinDecision.AccessEnded,
            Topic = details ? person.Topic : null,
            // With whom, so that one knows which mail this is; by the given name, as a stranger may have found it.
            People = [new(details ? person.MentorName : GivenName.Of(person.MentorName), UiText.RoleMentor)],
            State = chip,
            Tone = tone,
        };
    }

    /// <summary>By the given name only: whoever found the mail should not learn more.</summary>
    private static string Welcome(string name) =>
        GivenName.Of(name) is { Length: > 0 } given ? UiText.DoorOpen.With(Names.One(given)) : UiText.DoorOpenUnnamed;
}
