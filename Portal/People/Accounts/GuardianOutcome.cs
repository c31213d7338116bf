using Localization;

namespace Portal.People.Accounts;

/// <summary>What came of a change to who answers for whom.</summary>
public enum GuardianOutcome
{
    Done,

    /// <summary>The caller is not the one whose word this takes.</summary>
    NotAllowed,

    /// <summary>Nobody has an account with this address.</summary>
    NoSuchPerson,

    /// <summary>It was taken back, declined or ended.</summary>
    Gone,
    Oneself,

    /// <summary>Who is answered for does not answer for others.</summary>
    Chain,
    TooMany,

    /// <summary>The account has asked so many people today, or the mailbox was asked so often, that it looks like abuse.</summary>
    TooManyAsked,

    /// <summary>Who is asked has asked not to be written to.</summary>
    NoMailWanted,

    /// <summary>Somebody did the same in this moment.</summary>
    ChangedMeanwhile,
}

public static class GuardianOutcomes
{
    /// <summary>For pages and the API alike.</summary>
    public static int Status(this GuardianOutcome outcome) => Row(outcome).Status;

    /// <summary>In the reader's language; empty when it is done.</summary>
    public static string Text(this GuardianOutcome outcome) => Row(outcome).Text;

    /// <summary>The one table of outcomes, HTTP statuses and words.</summary>
    private static (int Status, string Text) Row(GuardianOutcome outcome) => outcome switch
    {
        GuardianOutcome.Done => (StatusCodes.Status204NoContent, ""),
        GuardianOutcome.NotAllowed => (StatusCodes.Status403Forbidden, ErrorText.GuardianNotAllowed),
        GuardianOutcome.NoSuchPerson => (StatusCodes.Status422UnprocessableEntity, ErrorText.GuardianNoAccount),
        GuardianOutcome.Gone => (StatusCodes.Status410Gone, ErrorText.GuardianGone),
        GuardianOutcome.Oneself => (StatusCodes.Status422UnprocessableEntity, ErrorText.GuardianOneself),
        GuardianOutcome.Chain => (StatusCodes.Status409Conflict, ErrorText.GuardianChain),
        GuardianOutcome.TooMany => (StatusCodes.Status409Conflict, ErrorText.GuardianTooMany.With(Guardians.Max)),
        GuardianOutcome.TooManyAsked => (StatusCodes.Status429TooManyRequests, ErrorText.GuardianTooManyAsked),
        GuardianOutcome.NoMailWanted => (StatusCodes.Status409Conflict, ErrorText.InvitationNotWanted),
        GuardianOutcome.ChangedMeanwhile => (StatusCodes.Status409Conflict, ErrorText.GuardianGone),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
