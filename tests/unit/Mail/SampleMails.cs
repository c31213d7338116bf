using Localization;
using Portal.Mail.Rendering;
using Portal.People.Mails;
using Portal.Sessions.Mails;
using Portal.Sessions.Rooms;

namespace Tests.Mail;

/// <summary>Mails of each kind in all the ways they can read, and a reader of each language.</summary>
internal static class SampleMails
{
    private static readonly string[] Group = ["Mina O'Neil", "سارة الخطيب", "Omar Said", "نور علي", "Ada Lovelace", "هبة الله سامي", "Kim"];

    /// <summary>The sample's session, with a topic that would be markup.</summary>
    public static readonly SessionFacts Session = SampleFacts.Session with { Topic = "Grant writing & <budgets>" };

    /// <summary>The samples that stand beside the models, with that topic.</summary>
    public static readonly IReadOnlyList<MailModel> All =
        [.. MailKinds.All.Keys.Order().Select(MailKinds.Sample)
        .Select(m => m is SessionMail s ? s with { Session = s.Session with { Topic = Session.Topic } } : m)];

    /// <summary>What is approved, by the name of its file: every kind, and what else it can say.</summary>
    public static readonly IReadOnlyDictionary<string, MailModel> Approved =
        All.ToDictionary(MailKinds.Of).Concat(Others()).ToDictionary();

    /// <summary>With links that a reader could have.</summary>
    public static MailContext Context(MailModel mail, string language) =>
        Context(mail, language, mail is SessionMail session ? session.Says() : SessionStanding.Open);

    public static MailContext Context(MailModel mail, string language, SessionStanding standing)
    {
        var reader = Reader(mail, language);
        if (mail is AccountMail account)
            return new AccountMailContext(reader)
            {
                ActionUrl = account.Page() is { } page ? At(page + SecretOf(mail)) : null,
                MoreUrl = account.More() is { } more ? At(more.Page) : null,
            };
        var isOpen = standing == SessionStanding.Open;
        return new SessionMailContext(reader)
        {
            Standing = standing,
            StartUtc = Session.StartUtc,
            JoinUrl = isOpen ? At("join/AbC-_123.xYz") : null,
            SessionUrl = At("sessions/0198a2f4-0000-7000-8000-000000000001"),
            MoveUrl = isOpen ? At("sessions/0198a2f4-0000-7000-8000-000000000001/move") : null,
            CancelUrl = isOpen ? At("sessions/0198a2f4-0000-7000-8000-000000000001/cancel") : null,
            CalendarUrl = isOpen ? At("sessions/0198a2f4-0000-7000-8000-000000000001?calendar=true") : null,
            OpensMinutesBefore = 15,
            FeedbackUrl = At("sessions/0198a2f4-0000-7000-8000-000000000001/feedback"),
            RebookUrl = At("mentors/0198a2f4-0000-7000-8000-000000000002"),
            MentorsUrl = At("mentors"),
            UnsubscribeUrl = mail is SessionReminder ? At("mail/reminders/AbC") : null,
        };
    }

    private static Dictionary<string, MailModel> Others()
    {
        var toMentor = SampleFacts.ForMentor with { Topic = Session.Topic };
        var ofGroup = toMentor with { Topic = "CV evening", With = Group, WithTimeZone = null };
        var empty = ofGroup with { With = [] };
        var at = Session.StartUtc.AddDays(-1);
        DateTimeOffset[] starts = [Session.StartUtc, Session.StartUtc.AddDays(7), Session.StartUtc.AddDays(14)];
        return new()
        {
            ["SessionConfirmed.Arabic"] = new SessionConfirmed(Session with { With = [SampleFacts.ArabicMentor], Topic = "كتابة طلبات المنح" }),
            ["SessionConfirmed.Group"] = new SessionConfirmed(ofGroup),
            ["SessionConfirmed.Former"] = new SessionConfirmed(toMentor with { With = [""] }),
            ["SessionCancelled.ByYou"] = new SessionCancelled(Session, null, "Exams", starts),
            ["SessionCancelled.Empty"] = new SessionCancelled(empty, null, "Too few", null),
            ["SessionDeclined.Lapsed"] = new SessionDeclined(toMentor, null, Lapsed: true),
            ["SessionRequested.Mentee"] = new SessionRequested(Session, null, at),
            ["SessionMoved.ByYou"] = new SessionMoved(Session, at, null, starts),
            ["RoomChanged.Back"] = new RoomChanged(Session, SampleFacts.ArabicMentor, External: false),
            ["RoomChanged.ByYou"] = new RoomChanged(toMentor, null, External: true),
            ["RoomChanged.BackByYou"] = new RoomChanged(toMentor, null, External: false),
            ["RoomChanged.NewAddress"] = new RoomChanged(Session, SampleFacts.ArabicMentor, External: false, HasNewAddress: true),
            ["RoomChanged.NewAddressByYou"] = new RoomChanged(toMentor, null, External: false, HasNewAddress: true),
            ["LinkMissing.OfPlace"] = new LinkMissing(toMentor, OfPlace: true),
            ["SessionExtended.ByYou"] = new SessionExtended(toMentor with { LengthMinutes = 65 }, 5, null),
            ["GroupNews.Left"] = new GroupNews(empty, "سارة الخطيب", Came: false, 0, 8),
            ["Invited.Guest"] = new Invited(Session, "سارة الخطيب", Observer: false),
            ["Invited.Until"] = new Invited(Session, "سارة الخطيب", Observer: true, Session.StartUtc.AddMinutes(30)),
            ["SessionMissed.Mentor"] = new SessionMissed(toMentor, ReaderMissed: true, ["سارة الخطيب"], Whole: true),
            ["SessionMissed.MenteeWaited"] = new SessionMissed(Session, ReaderMissed: false, [SampleFacts.ArabicMentor], Whole: true),
            ["SessionMissed.MentorWaited"] = new SessionMissed(toMentor, ReaderMissed: false, [SampleFacts.Mentee], Whole: true),
            ["SessionMissed.Group"] = new SessionMissed(ofGroup, ReaderMissed: false, ["سارة الخطيب", "Kim"], Whole: false),
            ["ClockRulesChanged.Collides"] = new ClockRulesChanged(Session, at, SampleFacts.MentorZone, Collides: true),
            ["ClockRulesChanged.Same"] = new ClockRulesChanged(toMentor, at, SampleFacts.MentorZone, Collides: false),
            ["StandInRoom.Mentee"] = new StandInRoom(Session, "Zoom", null),
            ["PreflightFailed.LinkMissing"] = new PreflightFailed(toMentor, TroubleKind.LinkMissing),
            ["PreflightFailed.PlaceMissing"] = new PreflightFailed(toMentor, TroubleKind.PlaceMissing),
            ["PreflightFailed.ProviderNotReady"] = new PreflightFailed(toMentor, TroubleKind.ProviderNotReady),
            ["PreflightFailed.MeetingMissing"] = new PreflightFailed(toMentor, TroubleKind.MeetingMissing),
            ["DeliveryFailed.One"] = new DeliveryFailed(1, at),
            ["GuardianNews.Began"] = new GuardianNews(GuardianChange.Began, SampleFacts.Mentee),
            ["GuardianNews.Added"] = new GuardianNews(GuardianChange.Began, SampleFacts.ArabicMentor, ToChild: true),
            ["GuardianNews.Ended"] = new GuardianNews(GuardianChange.Ended, SampleFacts.Mentee),
            ["GuardianNews.Left"] = new GuardianNews(GuardianChange.Ended, SampleFacts.ArabicMentor, ToChild: true),
            ["SessionCancelled.Guardian"] = new SessionCancelled(
                Session with { Ward = new(Guid.Empty, SampleFacts.Mentee) }, SampleFacts.Mentor, "Exams", null),
            ["SecurityNotice.Password"] = new SecurityNotice(SecurityChange.Password, at),
            ["SecurityNotice.Address"] = new SecurityNotice(SecurityChange.Address, at),
            ["SecurityNotice.TwoFactorOn"] = new SecurityNotice(SecurityChange.TwoFactorOn, at),
            ["SecurityNotice.NewCodes"] = new SecurityNotice(SecurityChange.NewRecoveryCodes, at),
            ["SecurityNotice.PasskeyAdded"] = new SecurityNotice(SecurityChange.PasskeyAdded, at),
            ["SecurityNotice.PasskeyRemoved"] = new SecurityNotice(SecurityChange.PasskeyRemoved, at),
            ["SecurityNotice.PasswordGuessed"] = new SecurityNotice(SecurityChange.PasswordGuessed, at),
            ["SecurityNotice.CodeGuessed"] = new SecurityNotice(SecurityChange.CodeGuessed, at),
            ["SecurityNotice.SecondFactorReset"] = new SecurityNotice(SecurityChange.SecondFactorReset, at),
            ["SecurityNotice.Deleted"] = new SecurityNotice(SecurityChange.Deleted, at),
        };
    }

    private static MailContext Reader(MailModel mail, string language)
    {
        var reader = mail.SampleReaderIn(language);
        return new()
        {
            RecipientName = reader.Name,
            Language = language,
            TimeZone = reader.TimeZone,
            ProductName = language == Languages.Arabic ? "مجلس" : "Majlis",
            PublicAddress = At(""),
            Support = "help@portal.example",
            NowUtc = Session.StartUtc.AddMinutes(-15),
        };
    }

    private static string SecretOf(MailModel mail) => mail switch
    {
        ConfirmAddress => "?user=1&code=Q2ZE+8",
        ConfirmNewAddress or ResetPassword => "?code=Q2ZE-8",
        _ => "",
    };

    private static Uri At(string path) => new("https://portal.example/" + path);
}
