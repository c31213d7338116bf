using Portal.Mail.Rendering;
using Portal.People.Mails;
using Portal.Sessions.Mails;

namespace Tests.Mail;

/// <summary>One mail of each kind, and a reader of each language.</summary>
internal static class SampleMails
{
    /// <summary>The sample's session, with a topic that would be markup.</summary>
    public static readonly SessionFacts Session = SampleFacts.Session with { Topic = "Grant writing & <budgets>" };

    /// <summary>The samples that stand beside the models, with that topic.</summary>
    public static readonly IReadOnlyList<MailModel> All =
        [.. MailKinds.All.Keys.Order().Select(MailKinds.Sample)
        .Select(m => m is SessionMail s ? s with { Session = s.Session with { Topic = Session.Topic } } : m)];

    /// <summary>With links that a reader could have.</summary>
    public static MailContext Context(MailModel mail, string language, SessionStanding standing = SessionStanding.Open)
    {
        var reader = Reader(language);
        if (mail is AccountMail account)
            return new AccountMailContext(reader) { ActionUrl = account.Page() is { } page ? At(page + SecretOf(mail)) : null };
        return new SessionMailContext(reader)
        {
            Standing = standing,
            StartUtc = Session.StartUtc,
            JoinUrl = standing == SessionStanding.Open ? At("join/AbC-_123.xYz") : null,
            SessionUrl = At("sessions/0198a2f4-0000-7000-8000-000000000001"),
            FeedbackUrl = At("sessions/0198a2f4-0000-7000-8000-000000000001/feedback"),
            RebookUrl = At("mentors/0198a2f4-0000-7000-8000-000000000002"),
            MentorsUrl = At("mentors"),
        };
    }

    private static MailContext Reader(string language) => new()
    {
        RecipientName = SampleReader.In(language).Name,
        Language = language,
        TimeZone = SampleReader.Zone,
        ProductName = language == "ar" ? "مجلس" : "Majlis",
        PublicAddress = At(""),
        NowUtc = Session.StartUtc.AddMinutes(-15),
    };

    private static string SecretOf(MailModel mail) => mail switch
    {
        ConfirmAddress => "?user=1&code=Q2ZE+8",
        ConfirmNewAddress or ResetPassword => "?code=Q2ZE-8",
        _ => "",
    };

    private static Uri At(string path) => new("https://portal.example/" + path);
}
