using Localization;
using Portal.Mail.Rendering;
using MeetingPlace = Providers.MeetingPlace;
using MeetingPlaceKind = Providers.MeetingPlaceKind;

namespace Portal.Sessions.Mails;

/// <summary>How people meet elsewhere than on a page, in the reader's words: the same in mails, on pages and in calendars.</summary>
public static class PlaceWords
{
    /// <summary>"Phone call: +20…"</summary>
    public static string Line(MeetingPlace place) => Pattern(place.Kind).With(PlainText.Isolate(place.Text));

    /// <summary>What to do, for one side. The number is the mentor's, so it is the others who call.</summary>
    public static string Sentence(MeetingPlace place, ParticipantRole reader) => (place.Kind switch
    {
        MeetingPlaceKind.Phone => reader == ParticipantRole.Mentor ? MailText.PlacePhoneMentor : MailText.PlacePhoneOthers,
        MeetingPlaceKind.Address => MailText.PlaceAddressSentence,
        _ => MailText.PlaceAppSentence,
    }).With(PlainText.Isolate(place.Text));

    private static string Pattern(MeetingPlaceKind kind) => kind switch
    {
        MeetingPlaceKind.Phone => MailText.PlacePhone,
        MeetingPlaceKind.Address => MailText.PlaceAddress,
        _ => MailText.PlaceApp,
    };
}
