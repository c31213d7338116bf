namespace Portal.Settings;

/// <summary>A class of settings that an operator can set: the list of them is what was registered.</summary>
public sealed record OptionsClass(Type Type, string Section);

public static class OptionsSetup
{
    /// <summary>Binds and checks a section. Wrong values stop the start, with all failures of all sections listed.</summary>
    public static IServiceCollection AddPortalOptions<T>(this IServiceCollection services, string section) where T : class
    {
        services.AddSingleton(new OptionsClass(typeof(T), section));
        services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}
