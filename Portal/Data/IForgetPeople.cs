namespace Portal.Data;

/// <summary>
/// A room that keeps something of people lets go of it when an account is deleted. It stands beside the context because the
/// rooms below the accounts keep rows of people, too.
/// </summary>
public interface IForgetPeople
{
    /// <summary>Ends what others must be told about, while the person still has a name. Without a transaction, and twice.</summary>
    Task LeaveAsync(Guid userId, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Deletes or blanks what is kept, in the transaction that takes the person's name away.</summary>
    /// <param name="userId">The account, whose row stays.</param>
    /// <param name="address">As the account had it until now; empty for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task ForgetAsync(Guid userId, string address, CancellationToken cancellationToken);
}
