using Microsoft.Extensions.Options;
using Portal.Mail.Dkim;
using Portal.Mail.Mime;
using Portal.Mail.Smtp;
using Portal.Settings;

namespace Portal.Mail.Delivery;

/// <summary>The way mails leave, by Mail:Transport, and what is signed before.</summary>
public static class MailTransportSetup
{
    public static IServiceCollection AddPortalMailTransport(this IServiceCollection services)
    {
        services.AddPortalOptions<MailOptions>(MailOptions.Section);
        services.AddPortalOptions<SmtpOptions>(SmtpOptions.Section);
        services.AddSingleton<IValidateOptions<SmtpOptions>, SmtpOptionsValidator>();
        services.AddPortalOptions<DkimOptions>(DkimOptions.Section);
        services.AddSingleton<IValidateOptions<DkimOptions>, DkimOptionsValidator>();
        services.AddSingleton<MailSigner>();
        services.AddSingleton<MailWriter>();
        services.AddSingleton<PickupMailSender>();
        services.AddSingleton<SmtpMailSender>();
        services.AddSingleton<IMailSender>(s => s.GetRequiredService<IOptions<MailOptions>>().Value.Transport == MailTransport.Smtp
            ? s.GetRequiredService<SmtpMailSender>()
            : s.GetRequiredService<PickupMailSender>());
        return services;
    }
}
