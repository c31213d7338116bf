using Portal.Mail.Rendering;
using Portal.People.Mails;
using Portal.Sessions.Mails;
using Portal.Settings;

namespace Tests.Mail;

/// <summary>One mail of each kind, and a reader of each language.</summary>
internal static class SampleMails
{
    /// <summary>The sample's session, with a topic that would be markup.</summary>
    public static readonly SessionFacts Session = SampleFacts.Session with { Topic = "Grant writing & <budgets>" };

    /// <summary>The samples that stand beside the models, with that topic.</summary>
    public static readonly IReadOnlyList<MailModel> All =
        [.. MailKinds.All.Keys.Order().Select(MailKinds.Sample).Select(m => m is SessionMail s ? s with { Session = s.Session with { Topic = Session.Topic } } : m)];

    public static MailContext Context(string language, MailLink link, SessionStanding standing = SessionStanding.Open) => new()
    {
        RecipientName = language == "ar" ? "طالب العلي" : "Mina O'Neil",
        Language = language,
        TimeZone = "Africa/Cairo",
        ProductName = language == "ar" ? "مجلس" : "Majlis",
        PublicAddress = new("https://portal.example/"),
        Standing = standing,
        JoinUrl = link == MailLink.Join && standing == SessionStanding.Open ? new("https://portal.example/join/AbC-_123.xYz") : null,
        SessionStartUtc = Session.StartUtc,
        NowUtc = Session.StartUtc.AddMinutes(-15),
        SessionUrl = new("https://portal.example/sessions/0198a2f4-0000-7000-8000-000000000001"),
        ActionUrl = link is MailLink.ConfirmAddress ? new("https://portal.example/account/confirm-email?user=1&code=Q2ZE+8")
            : link is MailLink.ConfirmNewAddress ? new("https://portal.example/account/new-mail?code=Q2ZE-8")
            : link is MailLink.ResetPassword ? new("https://portal.example/account/reset-password?code=Q2ZE-8")
            : link is MailLink.ForgotPassword ? new("https://portal.example/account/forgot-password")
            : link is MailLink.SignIn ? new("https://portal.example/account/sign-in")
            : link is MailLink.Session ? new("https://portal.example/sessions/0198a2f4-0000-7000-8000-000000000001")
            : link is MailLink.Rebook ? new("https://portal.example/mentors/0198a2f4-0000-7000-8000-000000000002")
            : link is MailLink.Feedback ? new("https://portal.example/sessions/0198a2f4-0000-7000-8000-000000000001/feedback")
            : link is MailLink.FailedMails ? new("https://portal.example/admin/mail?state=Attention")
            : link is MailLink.Mentors ? new("https://portal.example/mentors") : null,
    };
}
