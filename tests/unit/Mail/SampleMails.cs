using Portal.Mail;
using Providers;

namespace Tests.Mail;

/// <summary>One mail of each kind, and a reader of each language.</summary>
internal static class SampleMails
{
    public static readonly SessionFacts Session = new(
        "Grant writing & <budgets>", new(2026, 11, 24, 16, 0, 0, TimeSpan.Zero), 60, ParticipantRole.Mentee, "Layla Hassan", "Europe/Berlin");

    public static readonly IReadOnlyList<MailModel> All =
    [
        new SessionConfirmed(Session),
        new SessionCancelled(Session, "Layla Hassan", "I am ill; \"sorry\" <again>"),
        new LinkRenewed(Session),
        new LinkWithdrawn(Session),
        new SessionRequested(Session with { ReaderRole = ParticipantRole.Mentor }, "I bring a draft.", Session.StartUtc.AddDays(-1)),
        new SessionDeclined(Session, "I travel that week.", Lapsed: false),
        new SessionMoved(Session, Session.StartUtc.AddDays(-1), "Layla Hassan"),
        new MoveProposed(Session, Session.StartUtc.AddDays(1), "Layla Hassan"),
        new MoveDeclined(Session, Session.StartUtc.AddDays(1)),
        new RoomChanged(Session, "Layla Hassan", External: true),
        new GroupNews(Session with { ReaderRole = ParticipantRole.Mentor }, "Mina O'Neil", Came: true, 3, 8),
        new WaitingListed(Session),
        new SeatFree(Session),
        new SeatGivenBack(Session),
        new Invited(Session, "Layla Hassan", Observer: true),
        new SeriesConfirmed(Session, [Session.StartUtc, Session.StartUtc.AddDays(7), Session.StartUtc.AddDays(14)]),
        new SessionExtended(Session with { LengthMinutes = 75 }, 15, "Layla Hassan"),
        new RunningLate(Session, "Layla Hassan", Session.StartUtc.AddMinutes(10)),
        new SessionMissed(Session, ReaderMissed: true, "Layla Hassan", Whole: true),
        new SomeoneWaits(Session),
        new LinkMissing(Session with { ReaderRole = ParticipantRole.Mentor }),
        new PreflightFailed(Session with { ReaderRole = ParticipantRole.Mentor }, Portal.Sessions.TroubleKind.ServerUnreachable),
        new ClockRulesChanged(Session, Session.StartUtc.AddHours(1), "Europe/Berlin", Collides: false),
        new SessionReminder(Session),
        new SessionCompleted(Session),
        new ConfirmAddress(),
        new AddressTaken(),
        new ResetPassword(),
        new ConfirmNewAddress(),
        new DeliveryFailed(12, new(2026, 11, 23, 9, 30, 0, TimeSpan.Zero)),
        new SecurityNotice(SecurityChange.TwoFactorOff, new(2026, 11, 23, 9, 30, 0, TimeSpan.Zero)),
    ];

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
            : link is MailLink.FailedMails ? new("https://portal.example/admin/mail?state=Failed")
            : link is MailLink.Mentors ? new("https://portal.example/mentors") : null,
    };
}
