using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Providers;

namespace Plugins.BigBlueButton;

/// <summary>The parameters of the two calls that bring somebody into a meeting.</summary>
internal sealed class BbbRoom(BigBlueButtonOptions options, string portal, Callbacks callbacks)
{
    private const int MaxTitle = 64;
    private const int MaxName = 100;

    /// <param name="meetingId">As the handle has it.</param>
    /// <param name="meeting">The session.</param>
    /// <param name="now">UTC.</param>
    /// <param name="byPhone">False where the PIN turned out to be another meeting's.</param>
    public SignedQuery Create(string meetingId, JoinMeeting meeting, DateTimeOffset now, bool byPhone) => new SignedQuery()
        .Add("name", Title(meeting.Title))
        .Add("meetingID", meetingId)
        // Older servers take a second call for the same meeting only with the passwords of the first one. Nobody joins by them.
        .Add("attendeePW", PasswordOf("attendee", meetingId))
        .Add("moderatorPW", PasswordOf("moderator", meetingId))
        .Add("logoutURL", portal)
        .Add("welcome", options.Welcome)
        .Add("guestPolicy", options.Guests switch
        {
            GuestPolicy.AskModerator => "ASK_MODERATOR",
            GuestPolicy.AlwaysDeny => "ALWAYS_DENY",
            _ => "ALWAYS_ACCEPT",
        })
        .Flag("muteOnStart", options.MuteOnStart)
        .Flag("webcamsOnlyForModerator", options.WebcamsOnlyForModerator)
        .Add("maxParticipants", Number(options.MaxParticipants))
        .Flag("endWhenNoModerator", options.EndWhenNoModerator)
        .Add("duration", Number(options.MaxMinutes))
        .Flag("record", options.Recording != RecordingRule.Never)
        .Flag("autoStartRecording", options.Recording == RecordingRule.Always)
        .Add("allowStartStopRecording", options.Recording == RecordingRule.ByModerator ? null : "false")
        .Add("dialNumber", options.DialNumber)
        .Add("voiceBridge", byPhone && options.DialNumber is not "" ? PhoneBridge.PinOf(meetingId, options.SharedSecret) : null)
        .Add("meta_endCallbackUrl", callbacks.EndUrl(meetingId, now))
        .Add("meta_bbb-recording-ready-url", options.Recording == RecordingRule.Never ? null : callbacks.RecordingUrl);

    /// <param name="request">Who joins.</param>
    /// <param name="createTime">As the server told it: a link that was kept from an earlier meeting of this name opens nothing.</param>
    public SignedQuery Join(JoinRequest request, string? createTime)
    {
        var person = request.Participant;
        var isPublic = person.Role is ParticipantRole.Guest or ParticipantRole.Observer;
        return new SignedQuery()
            .Add("fullName", Short(person.Name, MaxName) is { Length: > 0 } name ? name : Texts.Unnamed)
            .Add("meetingID", request.Handle.Value)
            .Add("role", person.Role == ParticipantRole.Mentor ? "MODERATOR" : "VIEWER")
            .Add("userID", person.Id.ToString())
            .Add("createTime", createTime)
            .Flag("guest", person.Role == ParticipantRole.Guest)
            .Add("avatarURL", person.Avatar?.AbsoluteUri)
            .Add("errorRedirectUrl", isPublic ? portal : $"{portal.TrimEnd('/')}/sessions/{request.Meeting.Id}")
            .Flag("userdata-bbb_force_listen_only", person.Role == ParticipantRole.Observer)
            .Add("userdata-bbb_override_default_locale", request.Culture);
    }

    /// <param name="meetingId">As the handle has it.</param>
    public SignedQuery End(string meetingId) => new SignedQuery()
        .Add("meetingID", meetingId)
        // Older servers end nothing without it.
        .Add("password", PasswordOf("moderator", meetingId));

    private static string? Number(int value) => value == 0 ? null : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The server wants two characters and more.</summary>
    private static string Title(string title) => Short(title, MaxTitle) is { Length: > 1 } name ? name : Texts.Untitled;

    private string PasswordOf(string role, string meetingId) => Convert.ToHexStringLower(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(options.SharedSecret), Encoding.UTF8.GetBytes($"{role}\n{meetingId}")))[..32];

    /// <summary>On one line, and no character cut in two.</summary>
    private static string Short(string text, int max)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > max)
                break;
            clean.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }
        return clean.ToString().Trim();
    }
}
