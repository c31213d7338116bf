using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Portal.Settings;

namespace Portal.Cultures;

public static class CulturesSetup
{
    public static IServiceCollection AddPortalLanguages(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddSingleton<IStringLocalizerFactory>(s =>
            IsPseudo(s.GetRequiredService<IOptions<PortalOptions>>(), s.GetRequiredService<IHostEnvironment>())
            ? ActivatorUtilities.CreateInstance<PseudoLocale.Localizers>(s)
            : ActivatorUtilities.CreateInstance<ResourceManagerStringLocalizerFactory>(s));
        services.AddOptions<RequestLocalizationOptions>()
            .Configure<IOptions<PortalOptions>, IHostEnvironment>((options, portal, environment) =>
        {
            options.SetDefaultCulture(Languages.English);
            options.SupportedCultures = [.. Languages.All.Select(CultureInfo.GetCultureInfo)];
            options.SupportedUICultures = options.SupportedCultures;
            var pseudo = IsPseudo(portal, environment);
            if (pseudo)
            {
                PseudoLocale.Install();
                options.SupportedUICultures = [.. options.SupportedCultures, PseudoLocale.Culture];
            }
            options.RequestCultureProviders = [new RequestLanguage(pseudo)];
        });
        services.AddSingleton<IPostConfigureOptions<MvcOptions>, FormMessages>();
        services.Configure<MvcOptions>(o => o.Filters.Add<ReaderLanguage>());
        return services;
    }

    private static bool IsPseudo(IOptions<PortalOptions> portal, IHostEnvironment environment) =>
        portal.Value.PseudoLocale && !environment.IsProduction();

    /// <summary>After authentication, for the account's language counts; before anything that writes a sentence.</summary>
    public static void UsePortalLanguages(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.MapLanguageSwitch();
        app.MapZones();
    }
}
