using Localization;
using Portal.Mail.Rendering;

namespace Portal.People.Mails;

public enum GuardianChange
{
    /// <summary>To an address, whether it has an account or not.</summary>
    Asked,
    Began,
    Ended,
}

/// <summary>Who answers for whom: to both, and to whom a child asked.</summary>
/// <param name="Other">The child's name to the guardian, the guardian's to the child.</param>
public sealed record GuardianNews(GuardianChange What, string Other, bool ToChild = false) : AccountMail
{
    public static GuardianNews Sample => new(GuardianChange.Asked, SampleReader.EnglishName);

    public override string Page() => "account/guardians";

    public override string Subject(MailContext context) => $"{context.ProductName}: {Heading()}";

    public override string Heading() => Pattern().With(Names.One(Other));

    private string Pattern() => (What, ToChild) switch
    {
        (GuardianChange.Asked, _) => MailText.GuardianAskedHeading,
        (GuardianChange.Began, false) => MailText.GuardianBeganHeading,
        (GuardianChange.Began, true) => MailText.GuardianAddedHeading,
        (_, false) => MailText.GuardianEndedHeading,
        _ => MailText.GuardianLeftHeading,
    };

    public override IEnumerable<string> Leads(MailContext context) => (What, ToChild) switch
    {
        (GuardianChange.Asked, _) => [MailText.GuardianMay, MailText.GuardianAskedLead],
        (GuardianChange.Began, false) => [MailText.GuardianMay],
        (GuardianChange.Began, true) => [MailText.GuardianAddedLead, MailText.GuardianAddedWrong],
        (_, false) => [MailText.GuardianEndedLead],
        _ => [MailText.GuardianLeftLead],
    };

    public override string ButtonText() => What == GuardianChange.Asked ? MailText.GuardianAskedButton : MailText.GuardianButton;

    public override string Why(MailContext context) =>
        (What == GuardianChange.Asked ? MailText.WhyGuardianAsked : MailText.WhyNotice).With(context.ProductName);
}
