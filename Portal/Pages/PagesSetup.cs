using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.WebEncoders;
using Portal.Cultures;
using Portal.Pages.Account;
using Portal.Pages.Admin.Trail;
using Portal.Pages.Admin.Trouble;
using Portal.Pages.Mentors;
using Portal.Pages.Sessions;
using Portal.Pages.Shared;

namespace Portal.Pages;

public static class PagesSetup
{
    public static IServiceCollection AddPortalPages(this IServiceCollection services)
    {
        services.AddRazorPages().AddMvcOptions(o =>
        {
            o.Filters.Add<ProofFilter>();
            o.Filters.Add<ForgedForms>();
        }).AddDataAnnotationsLocalization(FormMessages.LookUp);
        services.Configure<MvcOptions>(o => o.ModelBinderProviders.Insert(0, new BooleanBinder()));
        services.AddRouting(o => o.LowercaseUrls = true);
        services.Configure<MvcViewOptions>(o => o.HtmlHelperOptions.ClientValidationEnabled = false);
        // Else every Arabic letter would travel as an entity of six bytes.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.ConfigureOptions<FilesPages>();
        services.AddScoped<SessionCards>().AddScoped<PickedTimes>();
        services.AddScoped<AuditArchive>().AddScoped<AuditNames>().AddScoped<AuditWords>().AddScoped<SessionHistory>();
        services.AddScoped<TroubleWording>();
        services.AddPortalDelivery();
        return services;
    }
}
