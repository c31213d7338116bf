using Localization;
using Microsoft.Extensions.Options;
using Portal.People;
using Portal.Settings;
using Providers;

namespace Portal.Mail;

/// <summary>Mails with made-up facts, to look at. Their links lead nowhere.</summary>
public sealed class MailSamples(MailRenderer renderer, PublicAddress address, IOptions<PortalOptions> options)
{
    /// <summary>What a mentee of this mentor gets, in the mentor's own zone and the language of whoever looks.</summary>
    public Task<RenderedMail> ConfirmedAsync(MentorProfile mentor, DateTimeOffset start, string language)
    {
        var session = new SessionFacts(UiText.SettingsSampleTopic, start, mentor.SessionMinutes, ParticipantRole.Mentee, mentor.User.DisplayName, mentor.User.TimeZone);
        return renderer.RenderAsync(new SessionConfirmed(session), new()
        {
            RecipientName = UiText.SettingsSampleMentee,
            Language = language,
            TimeZone = mentor.User.TimeZone,
            ProductName = options.Value.NameIn(language),
            PublicAddress = address.Base,
            JoinUrl = address.To("join/example"),
            SessionUrl = address.To("sessions"),
        });
    }
}
