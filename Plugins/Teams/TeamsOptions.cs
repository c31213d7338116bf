using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net.Mail;

namespace Plugins.Teams;

public enum TeamsCloud
{
    Global,

    /// <summary>GCC High.</summary>
    UsGovernment,

    UsDefense,
}

/// <summary>Who comes in without waiting in the lobby.</summary>
public enum TeamsLobby
{
    Organizer,
    Invited,
    OrganizationExcludingGuests,
    Organization,
    OrganizationAndFederated,
    Everyone,
}

/// <summary>Who can share a screen and admit people.</summary>
public enum TeamsPresenters
{
    Organizer,
    Organization,
    Everyone,
}

public enum TeamsChat
{
    Enabled,

    /// <summary>During the meeting only.</summary>
    Limited,

    Disabled,
}

/// <summary>The settings under Providers:teams.</summary>
public sealed class TeamsOptions : IValidatableObject
{
    [Category("Account")]
    public TeamsCloud Cloud { get; set; } = TeamsCloud.Global;

    /// <summary>The directory's id, or one of its domains.</summary>
    [Category("Account"), StringLength(253)]
    public string Tenant { get; set; } = "";

    [Category("Account"), StringLength(36)]
    public string ClientId { get; set; } = "";

    [Category("Account"), DataType(DataType.Password), StringLength(300)]
    public string ClientSecret { get; set; } = "";

    /// <summary>Object id or user name of the user in whose name all meetings are made. Empty: each mentor.</summary>
    [Category("Organizer"), StringLength(254)]
    public string Organizer { get; set; } = "";

    /// <summary>Without Organizer: for whom "Test connection" asks.</summary>
    [Category("Organizer"), StringLength(254)]
    public string TestAccount { get; set; } = "";

    [Category("Meetings")]
    public TeamsLobby LobbyBypass { get; set; } = TeamsLobby.Organization;

    [Category("Meetings")]
    public bool CallersBypassLobby { get; set; }

    [Category("Meetings")]
    public TeamsPresenters Presenters { get; set; } = TeamsPresenters.Organization;

    [Category("Meetings")]
    public TeamsChat Chat { get; set; } = TeamsChat.Enabled;

    [Category("Meetings")]
    public bool RecordAutomatically { get; set; }

    /// <summary>Who was there is read afterwards; takes one more permission.</summary>
    [Category("Meetings")]
    public bool ReadAttendance { get; set; } = true;

    internal string Asker => Organizer is not "" ? Organizer : TestAccount;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Problems().Where(p => p is not null).Select(p => new ValidationResult(p));

    private IEnumerable<string?> Problems()
    {
        if (Tenant is "" && ClientId is "" && ClientSecret is "")
        {
            yield return Texts.NotConfigured;
            yield break;
        }
        yield return Guid.TryParseExact(Tenant, "D", out _) || IsDomain(Tenant) ? null : Texts.TenantInvalid;
        yield return Guid.TryParseExact(ClientId, "D", out _) ? null : Texts.ClientIdInvalid;
        yield return ClientSecret is "" ? Texts.ClientSecretMissing
            // The console shows the id of a secret beside its value, and people copy the wrong one.
            : Guid.TryParseExact(ClientSecret, "D", out _) ? Texts.ClientSecretIsId : null;
        yield return IsUser(Organizer) ? null : Texts.OrganizerInvalid;
        yield return IsUser(TestAccount) ? null : Texts.TestAccountInvalid;
    }

    // "common" and the like name no directory that an application could be of.
    private static bool IsDomain(string text) => Uri.CheckHostName(text) == UriHostNameType.Dns && text.Contains('.');

    private static bool IsUser(string text) => text is "" || Guid.TryParseExact(text, "D", out _)
        || (MailAddress.TryCreate(text, out var address) && address.Address == text);
}
