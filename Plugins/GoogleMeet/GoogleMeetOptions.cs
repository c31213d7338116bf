using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net.Mail;

namespace Plugins.GoogleMeet;

public enum GoogleSignIn
{
    /// <summary>A service account acts for people of one Workspace organisation (domain-wide delegation).</summary>
    ServiceAccount,

    /// <summary>Each mentor connects a Google account of their own by Google's consent page.</summary>
    MentorAccounts,
}

/// <summary>The settings under Providers:google-meet.</summary>
public sealed class GoogleMeetOptions : IValidatableObject
{
    [Category("Account")]
    public GoogleSignIn SignIn { get; set; } = GoogleSignIn.ServiceAccount;

    /// <summary>The JSON that the Google Cloud console hands out, or the path of a file with it.</summary>
    [Category("Account"), DataType(DataType.Password), StringLength(20_000)]
    public string ServiceAccountKey { get; set; } = "";

    [Category("Account"), StringLength(300)]
    public string ClientId { get; set; } = "";

    [Category("Account"), DataType(DataType.Password), StringLength(300)]
    public string ClientSecret { get; set; } = "";

    /// <summary>With a service account: whose calendar holds all meetings. Empty: each mentor's own.</summary>
    [Category("Organizer"), StringLength(254)]
    public string Organizer { get; set; } = "";

    /// <summary>Without Organizer: for whom "Test connection" signs in.</summary>
    [Category("Organizer"), StringLength(254)]
    public string TestAccount { get; set; } = "";

    [Category("Organizer"), Required, StringLength(300)]
    public string Calendar { get; set; } = "primary";

    /// <summary>The mentor is a guest of an organizer's event, and so admitted without knocking.</summary>
    [Category("Meetings")]
    public bool InviteMentor { get; set; }

    /// <summary>Whoever is still in the call is sent out when the session ends; takes one more scope.</summary>
    [Category("Meetings")]
    public bool EndCalls { get; set; }

    /// <summary>Who was there is read from Meet afterwards; takes two more scopes.</summary>
    [Category("Meetings")]
    public bool ReadAttendance { get; set; } = true;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Problems().Where(p => p is not null).Select(p => new ValidationResult(p));

    private IEnumerable<string?> Problems()
    {
        if (ServiceAccountKey is "" && ClientId is "" && ClientSecret is "")
        {
            yield return Texts.NotConfigured;
            yield break;
        }
        if (SignIn == GoogleSignIn.ServiceAccount)
            yield return GoogleMeet.ServiceAccountKey.Open(ServiceAccountKey).Problem;
        else
        {
            yield return ClientId.EndsWith(".apps.googleusercontent.com", StringComparison.Ordinal) ? null : Texts.ClientIdInvalid;
            yield return ClientSecret is "" ? Texts.ClientSecretMissing : null;
        }
        yield return IsAddress(Organizer) ? null : Texts.OrganizerInvalid;
        yield return IsAddress(TestAccount) ? null : Texts.TestAccountInvalid;
    }

    private static bool IsAddress(string text) => text is "" || (MailAddress.TryCreate(text, out var address) && address.Address == text);
}
