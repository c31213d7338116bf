namespace Portal.Pages.Account;

/// <summary>A field for a password, with a button to look at what one types.</summary>
public sealed record PasswordField(string Name, string Autocomplete, int? MinLength = null, string? DescribedBy = null);
