namespace Portal.People.Accounts;

/// <param name="Search">A part of the name or the address.</param>
/// <param name="Role">Those alone who have it; null for everybody.</param>
/// <param name="Locked">Those alone whose account is locked.</param>
public sealed record PersonFilter(string? Search = null, string? Role = null, bool Locked = false);

public sealed record PersonListPage(IReadOnlyList<PersonRow> Items, bool HasMore);
