using System.Net;
using Microsoft.Extensions.Options;
using Portal.Mail.Delivery;

namespace Portal.Mail.Smtp;

/// <summary>What would fail with every mail stops the start instead, in one sentence. Never says a value that is a secret.</summary>
public sealed class SmtpOptionsValidator(IConfiguration configuration, IHostEnvironment environment) : IValidateOptions<SmtpOptions>
{
    public ValidateOptionsResult Validate(string? name, SmtpOptions options) =>
        IsUsed() && Problem(options) is { } problem
            ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;

    /// <summary>As it is written: what is wrong in the section of mails must not hide what is wrong here.</summary>
    private bool IsUsed() =>
        configuration.GetSection(MailOptions.Section).GetValue<string>(nameof(MailOptions.Transport)) is { } transport
        && transport.Equals(nameof(MailTransport.Smtp), StringComparison.OrdinalIgnoreCase);

    private string? Problem(SmtpOptions options)
    {
        var withPassword = options.Password is not "";
        var withToken = options.OAuthToken is not "";
        return options switch
        {
            { Host: "" } => "Mail:Transport is Smtp, but Mail:Smtp:Host is not set.",
            { Host: var host } when Uri.CheckHostName(host) == UriHostNameType.Unknown =>
                $"Mail:Smtp:Host is not the name of a server: {host}",
            { User: "" } when withPassword || withToken => "Mail:Smtp:Password or OAuthToken is set, but Mail:Smtp:User is not.",
            { User: not "" } when !withPassword && !withToken =>
                "Mail:Smtp:User is set, but neither Mail:Smtp:Password nor Mail:Smtp:OAuthToken is.",
            _ when withPassword && withToken => "Mail:Smtp:Password and Mail:Smtp:OAuthToken are both set: choose one.",
            _ when new[] { options.User, options.Password, options.OAuthToken }.Any(s => s.Any(char.IsControl)) =>
                "Mail:Smtp:User, Password or OAuthToken holds a control character, such as a line break.",
            { Security: SmtpSecurity.None, User: not "", Host: var host } when !IsLoopback(host) =>
                $"Mail:Smtp:Security is None, so the password would go to {host} in the clear: use StartTls or Tls, or no user.",
            { Security: SmtpSecurity.None, AllowUnencrypted: false, Host: var host }
                when !IsLoopback(host) && !environment.IsDevelopment() =>
                $"Mail:Smtp:Security is None, so mails with join links would go to {host} in the clear: use StartTls or Tls, or set "
                + "Mail:Smtp:AllowUnencrypted.",
            _ => null,
        };
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
