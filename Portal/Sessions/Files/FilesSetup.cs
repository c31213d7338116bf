using Portal.Data;
using Portal.Security;
using Portal.Sessions.Recordings;
using Portal.Settings;

namespace Portal.Sessions.Files;

public static class FilesSetup
{
    /// <summary>Files and recordings of sessions.</summary>
    public static IServiceCollection AddPortalFiles(this IServiceCollection services)
    {
        services.AddHttpClient(RecordingFetch.HttpName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => PublicNetwork.Handler(PublicNetwork.IsPublic, PublicNetwork.SafePorts))
            .RemoveAllLoggers(); // they would print the address
        return services
            .AddPortalOptions<FilesOptions>(FilesOptions.Section)
            .AddPortalOptions<RecordingOptions>(RecordingOptions.Section)
            .AddScoped<SessionFiles>()
            .AddScoped<IForgetPeople, ForgetFiles>()
            .AddScoped<BlobCleanUp>()
            .AddScoped<SessionRecordings>()
            .AddScoped<RecordingStore>()
            .AddScoped<RecordingUploads>()
            .AddScoped<RecordingFetch>()
            .AddScoped<RecordingRetention>()
            .AddScoped<Consents>()
            .AddScoped<IForgetPeople, ForgetRecordings>();
    }
}
