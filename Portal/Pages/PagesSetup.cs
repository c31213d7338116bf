using Portal.Pages.Shared;

namespace Portal.Pages;

public static class PagesSetup
{
    public static IServiceCollection AddPortalPages(this IServiceCollection services)
    {
        services.AddRazorPages();
        services.AddScoped<SessionCards>();
        // The default encoder turns Arabic into entities: three times the size, and unreadable in the source.
        services.AddSingleton(System.Text.Encodings.Web.HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All));
        return services;
    }
}
