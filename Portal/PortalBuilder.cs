using Portal.Data;
using Portal.Jobs;
using Portal.Mail;
using Portal.Settings;

namespace Portal;

/// <summary>The composition root: one line per folder.</summary>
public static class PortalBuilder
{
    public static void AddPortal(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var configuration = builder.Configuration;

        services.AddSingleton(TimeProvider.System);
        services.AddPortalOptions();
        services.AddSingleton<PublicAddress>();
        services.AddPortalData(configuration);
        services.AddPortalMail();
        services.AddPortalJobs(configuration);
        services.AddRazorPages();
    }

    public static void UsePortal(this WebApplication app)
    {
        app.UseStaticFiles();
        app.MapRazorPages();
    }
}
