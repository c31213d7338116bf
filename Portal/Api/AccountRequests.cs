namespace Portal.Api;

/// <param name="Name">As others see it.</param>
/// <param name="Language"><c>en</c> or <c>ar</c>: of pages and mails.</param>
/// <param name="TimeZone">IANA id.</param>
public sealed record ProfileRequest(string? Name, string? Language, string? TimeZone);

/// <param name="CurrentPassword">Needed in any case: another proof is not enough.</param>
/// <param name="NewPassword">At least ten characters.</param>
public sealed record PasswordRequest(string? CurrentPassword, string? NewPassword) : ICarriesProof
{
    (string Field, string? Password) ICarriesProof.Proof => (nameof(CurrentPassword), CurrentPassword);
}

/// <param name="Email">The new address; it counts once the link in the mail to it was confirmed.</param>
/// <param name="Password">The account's; not needed within five minutes of another proof.</param>
public sealed record AddressRequest(string? Email, string? Password = null) : ICarriesProof
{
    (string Field, string? Password) ICarriesProof.Proof => (nameof(Password), Password);
}

/// <param name="Code">Six digits of the app that was given the key.</param>
/// <param name="Password">The account's; not needed within five minutes of another proof.</param>
public sealed record TwoFactorCodeRequest(string? Code, string? Password = null) : ICarriesProof
{
    (string Field, string? Password) ICarriesProof.Proof => (nameof(Password), Password);
}

/// <param name="Password">The account's; not needed within five minutes of another proof.</param>
public sealed record PasswordProof(string? Password) : ICarriesProof
{
    (string Field, string? Password) ICarriesProof.Proof => (nameof(Password), Password);
}

/// <summary>The caller's account.</summary>
/// <param name="PictureUrl">Absent where there is no picture.</param>
/// <param name="Roles">Such as <c>Mentor</c>.</param>
public sealed record AccountAnswer(
    Guid Id, string Email, string Name, string Language, string TimeZone, string? PictureUrl, bool TwoFactor, int RecoveryCodesLeft,
    string[] Roles);

/// <param name="Key">For an authenticator app, in Base32; shown until the first right code and never after.</param>
public sealed record TwoFactorKeyAnswer(string Key);

/// <param name="Codes">Each is good once; nobody can be shown them again.</param>
public sealed record RecoveryCodesAnswer(IReadOnlyList<string> Codes);

/// <summary>Where the person is signed in.</summary>
/// <param name="ThisOne">The program that asks.</param>
public sealed record DeviceItem(Guid Id, string Name, DateTimeOffset Since, DateTimeOffset Seen, bool ThisOne);

/// <param name="MinutesBefore">Of those that are offered; empty for no reminders at all, null or absent for what the installation
/// does.</param>
public sealed record RemindersRequest(int[]? MinutesBefore);

/// <param name="MinutesBefore">The caller's own choice; null where the installation's counts.</param>
/// <param name="Installation">What counts for whoever has not chosen.</param>
/// <param name="Offered">What can be chosen from.</param>
public sealed record RemindersAnswer(IReadOnlyList<int>? MinutesBefore, IReadOnlyList<int> Installation, IReadOnlyList<int> Offered);

/// <param name="Url">Secret: whoever knows it reads the calendar.</param>
public sealed record CalendarFeedAnswer(string Url);
