using System.Security.Claims;
using System.Text.RegularExpressions;
using Localization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Portal.Data;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;

namespace Portal.Pages.Admin.Mail;

/// <summary>States and kinds of mails in words.</summary>
public static partial class MailWords
{
    /// <summary>The content policy of a mail's HTML in its frame.</summary>
    internal const string BodyPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; sandbox; frame-ancestors 'self'";

    public static string Of(OutboxState state) => state switch
    {
        OutboxState.Sent => UiText.MailAdminStateSent,
        OutboxState.Failed => UiText.MailAdminStateFailed,
        OutboxState.Dropped => UiText.MailAdminStateDropped,
        OutboxState.InDoubt => UiText.MailAdminStateInDoubt,
        _ => UiText.MailAdminStateWaiting,
    };

    public static string Tone(OutboxState state) => state switch
    {
        OutboxState.Sent => "good",
        OutboxState.Failed => "bad",
        OutboxState.InDoubt => "warn",
        _ => "accent",
    };

    /// <summary>"Signing in: " of "Auth, 535 5.7.8: …"; what is kept begins with the stage at which a mail failed.</summary>
    public static string Stage(string failure) => Parts(failure) is { Stage: { } stage } parts
        ? $"{Of(stage)}{(parts.Codes is "" ? "" : $" ({SessionTime.Isolated(parts.Codes)})")}: " : "";

    /// <summary>The words behind it.</summary>
    public static string Reason(string failure) => Parts(failure).Reason;

    private static (SendStage? Stage, string Codes, string Reason) Parts(string failure) =>
        Failure().Match(failure) is { Success: true } match && Enum.TryParse<SendStage>(match.Groups[1].Value, out var stage)
            ? (stage, match.Groups[2].Value, match.Groups[3].Value) : (null, "", failure);

    [GeneratedRegex(@"^([A-Za-z]+)(?:, ([\d. ]+))?: (.*)$", RegexOptions.Singleline)]
    private static partial Regex Failure();

    public static string Of(SendVerdict verdict) => verdict switch
    {
        SendVerdict.Accepted => UiText.MailVerdictAccepted,
        SendVerdict.Deferred => UiText.MailVerdictDeferred,
        SendVerdict.Rejected => UiText.MailVerdictRejected,
        SendVerdict.InDoubt => UiText.MailVerdictInDoubt,
        _ => UiText.MailVerdictNotAttempted,
    };

    public static string Tone(SendVerdict verdict) => verdict switch
    {
        SendVerdict.Accepted => "good",
        SendVerdict.Rejected => "bad",
        SendVerdict.InDoubt => "warn",
        _ => "accent",
    };

    public static string Of(SendStage stage) => stage switch
    {
        SendStage.Connect => UiText.MailStageConnect,
        SendStage.Greeting => UiText.MailStageGreeting,
        SendStage.StartTls => UiText.MailStageStartTls,
        SendStage.Auth => UiText.MailStageAuth,
        SendStage.Sender => UiText.MailStageSender,
        SendStage.Recipient => UiText.MailStageRecipient,
        _ => UiText.MailStageContent,
    };

    /// <summary>What to look at when it ended there.</summary>
    public static string Advice(SendStage stage, MailTransport transport) => stage switch
    {
        _ when transport == MailTransport.Pickup => UiText.MailTestCheckFolder,
        SendStage.Connect => UiText.MailTestCheckConnect,
        SendStage.Greeting => UiText.MailTestCheckGreeting,
        SendStage.StartTls => UiText.MailTestCheckStartTls,
        SendStage.Auth => UiText.MailTestCheckAuth,
        SendStage.Sender => UiText.MailTestCheckSender,
        SendStage.Recipient => UiText.MailTestCheckRecipient,
        _ => UiText.MailTestCheckContent,
    };

    /// <summary>A kind that this version does not know is shown as it is stored.</summary>
    public static string OfKind(IStringLocalizer<UiText> texts, string kind) =>
        texts["MailAdminKind" + kind] is { ResourceNotFound: false } found ? found : kind;

    internal static async Task<string> TimeZoneOfAsync(
        this PortalDbContext db, ClaimsPrincipal reader, CancellationToken cancellationToken) =>
        Guid.TryParse(reader.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? await db.Users.Where(u => u.Id == id).Select(u => u.TimeZone).SingleOrDefaultAsync(cancellationToken) ?? "Etc/UTC"
            : "Etc/UTC";
}
