using Localization;

namespace Portal.Sessions.Mails;

/// <summary>To the mentor of a group: somebody came or left.</summary>
public sealed record GroupNews(SessionFacts Session, string Name, bool Came, int Taken, int Capacity) : SessionMail(Session)
{
    public static GroupNews Sample => new(SampleFacts.ForMentor, SampleFacts.Mentee, Came: true, 3, 8);

    protected override string SubjectPattern(SessionMailContext context) => Came ? MailText.GroupCameSubject : MailText.GroupLeftSubject;

    protected override IReadOnlyList<string> SubjectNames => [Name];

    public override string Heading(SessionMailContext context) =>
        (Came ? MailText.GroupCame : MailText.GroupLeft).With(Names.One(Name));

    public override string Lead(SessionMailContext context) => MailText.GroupSeats.With(Taken, Capacity);
}
