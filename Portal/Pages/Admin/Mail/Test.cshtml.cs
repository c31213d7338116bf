using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Portal.Mail.Admin;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.Mail.Smtp;
using Portal.People;
using Portal.People.Mails;
using Portal.Security;

namespace Portal.Pages.Admin.Mail;

[Authorize(Roles = Roles.Admin), EnableRateLimiting(RateLimits.SignIn)]
public sealed class TestModel(
    TestMail test, AccountRecipients recipients, IOptions<MailOptions> mail, IOptions<SmtpOptions> smtp, PickupMailSender pickup)
    : PageModel
{
    public MailOptions Settings => mail.Value;

    public SmtpOptions Server => smtp.Value;

    public string PickupFolder => pickup.Folder;

    public string? To { get; private set; }

    public TestMailReport? Report { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken) => To = (await AdminAsync(cancellationToken))?.Address;

    public async Task OnPostAsync(CancellationToken cancellationToken)
    {
        if (await AdminAsync(cancellationToken) is not { } admin)
            return;
        To = admin.Address;
        Report = await test.SendAsync(admin, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, cancellationToken);
    }

    /// <summary>The stages in the order in which this server is talked to.</summary>
    public IEnumerable<SendStage> Stages() => Settings.Transport == MailTransport.Pickup
        ? [SendStage.Content]
        : Enum.GetValues<SendStage>()
            .Where(s => (s != SendStage.Auth || Server.User is not "") && (s != SendStage.StartTls || Server.Security != SmtpSecurity.None))
            .OrderBy(s => s == SendStage.StartTls && Server.Security == SmtpSecurity.Tls ? (int)SendStage.Connect : (int)s);

    public static string Name(SendStage stage) => stage switch
    {
        SendStage.Connect => UiText.MailTestStageConnect,
        SendStage.Greeting => UiText.MailTestStageGreeting,
        SendStage.StartTls => UiText.MailTestStageStartTls,
        SendStage.Auth => UiText.MailTestStageAuth,
        SendStage.Sender => UiText.MailTestStageSender,
        SendStage.Recipient => UiText.MailTestStageRecipient,
        _ => UiText.MailTestStageContent,
    };

    public string SecurityName => Server.Security switch
    {
        SmtpSecurity.None => UiText.MailTestSecurityNone,
        SmtpSecurity.StartTls => UiText.MailTestSecurityStartTls,
        _ => UiText.MailTestSecurityTls,
    };

    private Task<Recipient?> AdminAsync(CancellationToken cancellationToken) => recipients.FindAsync(User.UserId(), cancellationToken);
}
