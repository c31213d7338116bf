using System.ComponentModel.DataAnnotations;

namespace Portal.People.Accounts;

public sealed class AccountOptions
{
    public const string Section = "Accounts";

    /// <summary>Mails that people who are not signed in can ask for in an hour, all together; a tenth of it from one network.</summary>
    [Range(10, 100_000)]
    public int AnonymousMailsPerHour { get; set; } = 600;

    /// <summary>
    /// True: forms that take anybody's address answer before they look at it, so that the time tells nobody whether it is known.
    /// </summary>
    public bool AnswerFirst { get; set; } = true;

    /// <summary>Administrators without a second factor can do nothing but set one up. Null: in Production.</summary>
    public bool? AdminsNeedSecondFactor { get; set; }

    /// <summary>How long the owner has to keep a second factor that an administrator resets.</summary>
    [Range(0, 720)]
    public int SecondFactorResetHours { get; set; } = 24;
}
