using System.Text.Encodings.Web;
using System.Text.Unicode;
using Portal.Data;
using Portal.Data.PostgreSql;
using Portal.Data.SqlServer;
using Portal.Mail.Admin;
using Portal.Mail.Delivery;
using Portal.Mail.Queue;
using Portal.Mail.Rendering;

namespace Portal.Mail;

public static class MailSetup
{
    public static IServiceCollection AddPortalMail(this IServiceCollection services)
    {
        // Else Arabic leaves as numeric entities: three times the size, and unreadable in a source view.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddScoped<MailRenderer>();
        services.AddPortalMailTransport();
        services.AddSingleton<MailDispatcher>();
        services.AddHostedService<MailWaker>();
        services.AddScoped<Outbox>();
        services.AddScoped<IForgetPeople, ForgetMails>();
        services.AddScoped<MailContexts>();
        services.AddScoped<MailComposer>();
        services.AddScoped<MailArchive>();
        services.AddScoped<MailSamples>();
        services.AddScoped<SuppressedAddresses>();
        services.AddScoped<UnwantedMail>();
        services.AddScoped<TestMail>();

        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxInterceptor>();
        services.ConfigureDbContext<PostgreSqlPortalDbContext>((s, o) => o.AddInterceptors(s.GetRequiredService<OutboxInterceptor>()));
        services.ConfigureDbContext<SqlServerPortalDbContext>((s, o) => o.AddInterceptors(s.GetRequiredService<OutboxInterceptor>()));
        return services;
    }
}
