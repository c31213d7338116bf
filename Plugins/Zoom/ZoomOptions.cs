using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Plugins.Zoom;

/// <summary>The settings under Providers:zoom.</summary>
public sealed class ZoomOptions : IValidatableObject
{
    /// <summary>Of the Server-to-Server OAuth app, as are the next two.</summary>
    [Category("App"), StringLength(200)]
    public string AccountId { get; set; } = "";

    [Category("App"), StringLength(200)]
    public string ClientId { get; set; } = "";

    [Category("App"), DataType(DataType.Password), StringLength(200)]
    public string ClientSecret { get; set; } = "";

    /// <summary>The app's secret token, by which webhooks are signed.</summary>
    [Category("App"), DataType(DataType.Password), StringLength(200)]
    public string WebhookSecret { get; set; } = "";

    /// <summary>Id or email address of the Zoom user in whose name meetings are made.</summary>
    [Category("Hosts"), StringLength(200)]
    public string HostUser { get; set; } = "";

    /// <summary>Each mentor hosts as the Zoom user with the mentor's email address; HostUser stands in for those who are none.</summary>
    [Category("Hosts")]
    public bool MentorsAreHosts { get; set; }

    [Category("Meetings")]
    public bool WaitingRoom { get; set; } = true;

    [Category("Meetings")]
    public bool JoinBeforeHost { get; set; }

    [Category("Meetings")]
    public bool MuteOnEntry { get; set; }

    [Category("Meetings")]
    public bool RandomPasscode { get; set; } = true;

    [Category("Meetings")]
    public ZoomRecording Recording { get; set; } = ZoomRecording.None;

    /// <summary>People are registered when they join, and have a link of their own.</summary>
    [Category("Meetings")]
    public bool PersonalLinks { get; set; }

    [Category("Advanced"), Required, StringLength(200)]
    public string ApiUrl { get; set; } = "https://api.zoom.us/v2";

    [Category("Advanced"), Required, StringLength(200)]
    public string TokenUrl { get; set; } = "https://zoom.us/oauth/token";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Problems().Where(p => p.Text is not null).Select(p => new ValidationResult(p.Text, [p.Setting]));

    private IEnumerable<(string Setting, string? Text)> Problems()
    {
        if (AccountId is "" && ClientId is "" && ClientSecret is "")
        {
            yield return (nameof(AccountId), Texts.NotConfigured);
            yield break;
        }
        yield return (nameof(AccountId), AccountId is "" ? Texts.AccountIdMissing : null);
        yield return (nameof(ClientId), ClientId is "" ? Texts.ClientIdMissing : null);
        yield return (nameof(ClientSecret), ClientSecret is "" ? Texts.ClientSecretMissing : null);
        yield return (nameof(HostUser), HostUser is "" && !MentorsAreHosts ? Texts.HostMissing : null);
        // "me" is whoever signed in: with an app's own credentials, nobody.
        yield return (nameof(HostUser), HostUser is "me" ? Texts.HostMe : null);
        yield return (nameof(JoinBeforeHost), WaitingRoom && JoinBeforeHost ? Texts.WaitingRoomAndJoinBeforeHost : null);
        yield return (nameof(ApiUrl), IsSafe(ApiUrl) ? null : Texts.AddressUnsafe);
        yield return (nameof(TokenUrl), IsSafe(TokenUrl) ? null : Texts.AddressUnsafe);
    }

    // The credentials go to these addresses: in the clear they may go to this machine alone.
    private static bool IsSafe(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        && url is { UserInfo: "", Query: "", Fragment: "" };
}
