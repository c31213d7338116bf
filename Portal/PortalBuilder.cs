using Portal.Api;
using Portal.Calendar;
using Portal.Cultures;
using Portal.Data;
using Portal.Demo;
using Portal.Jobs;
using Portal.Joining;
using Portal.Joining.Live;
using Portal.Mail;
using Portal.Mentors;
using Portal.Observability;
using Portal.Pages;
using Portal.People;
using Portal.People.Profile;
using Portal.ProviderHost;
using Portal.Security;
using Portal.Sessions;
using Portal.Settings;
using Portal.Tools;

namespace Portal;

/// <summary>The composition root: one line per folder.</summary>
public static class PortalBuilder
{
    public static void AddPortal(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var configuration = builder.Configuration;

        services.AddSingleton(TimeProvider.System);
        services.AddPortalSettings();
        services.AddPortalObservability(configuration, builder.Logging);
        services.AddPortalData(configuration);
        services.AddPortalSecurity(configuration);
        services.AddPortalPeople();
        services.AddPortalProviders();
        services.AddPortalSessions();
        services.AddPortalMentors();
        services.AddPortalTools();
        services.AddPortalCalendar();
        services.AddPortalJoining();
        services.AddPortalMail();
        services.AddPortalJobs(configuration);
        services.AddPortalApi();
        services.AddPortalLanguages();
        services.AddPortalPages();
        services.AddPortalDemo();
    }

    public static void UsePortal(this WebApplication app)
    {
        app.UsePortalProxies();
        app.UsePortalMetrics();
        app.UsePortalSecurityHeaders();
        app.UsePortalHttpsWatch();
        app.UsePortalObservability();
        app.UseResponseCompression();
        app.UsePortalFiles();
        app.UseRouting();
        app.UsePortalRefusals();
        app.UseCors();
        app.UsePortalMethodGuard();
        app.UseAuthentication();
        app.UsePortalDevices();
        app.UsePortalLanguages();
        app.UsePortalBodyLimit();
        app.UseRateLimiter();
        app.UseOutputCache();
        app.UsePortalCrossSiteGuard();
        app.UsePortalAdminFactor();
        app.UseAuthorization();
        app.MapPortalHealth();
        app.MapPortalMetrics(ApiKeyAuthentication.Programs);
        app.MapPortalProviders();
        app.MapPortalPictures();
        app.MapPortalApi();
        app.MapCalendarFeed();
        app.MapPortalLive();
        app.MapRazorPages();
    }
}
