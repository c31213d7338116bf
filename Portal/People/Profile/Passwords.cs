using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Portal.Settings;

namespace Portal.People.Profile;

/// <summary>Judges a new password with what this portal and this person are called.</summary>
public sealed class Passwords(IOptions<PortalOptions> portal)
{
    public string? Wrong(string? password, PortalUser user) =>
        PasswordRules.Wrong(password, user.DisplayName, user.Email, portal.Value.Name, portal.Value.NameArabic, "majlis", "مجلس");
}

/// <summary>
/// The framework's hash over the one spelling of a password. What was hashed before as it was typed is still right, and hashed anew.
/// </summary>
public sealed class PortalPasswordHasher(IOptions<PasswordHasherOptions> options) : PasswordHasher<PortalUser>(options)
{
    /// <summary>PBKDF2 with SHA-512, as OWASP asks for; <see cref="SignIn.SignInService"/> renews older hashes.</summary>
    public const int Rounds = 210_000;

    public override string HashPassword(PortalUser user, string password) => base.HashPassword(user, PasswordRules.Normal(password));

    public override PasswordVerificationResult VerifyHashedPassword(PortalUser user, string hashedPassword, string providedPassword)
    {
        // Nobody has one so long; and one letter may be eighteen in its plain spelling, of which a stranger could send millions.
        if (providedPassword.Length > PersonRules.MaxPasswordLength)
            return PasswordVerificationResult.Failed;
        var normal = PasswordRules.Normal(providedPassword);
        var result = base.VerifyHashedPassword(user, hashedPassword, normal);
        return result != PasswordVerificationResult.Failed || normal == providedPassword ? result
            : base.VerifyHashedPassword(user, hashedPassword, providedPassword) == PasswordVerificationResult.Failed
                ? PasswordVerificationResult.Failed : PasswordVerificationResult.SuccessRehashNeeded;
    }
}
