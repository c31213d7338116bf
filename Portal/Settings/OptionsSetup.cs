namespace Portal.Settings;

public static class OptionsSetup
{
    /// <summary>Binds and checks a section. Wrong values stop the start, with all failures of all sections listed.</summary>
    public static IServiceCollection AddPortalOptions<T>(this IServiceCollection services, string section) where T : class
    {
        services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
