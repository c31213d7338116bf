using Microsoft.Extensions.Options;
using Portal.Settings;

namespace Portal.Data.Blobs;

public static class BlobsSetup
{
    private const string Folder = "files";

    public static IServiceCollection AddPortalBlobs(this IServiceCollection services) => services
        .AddPortalOptions<S3Options>(S3Options.Section)
        .AddSingleton<IBlobs>(s =>
        {
            var folder = s.GetRequiredService<DataFolder>().Subfolder(Folder);
            var bucket = s.GetRequiredService<IOptions<S3Options>>().Value;
            return bucket.Bucket is "" ? new FolderBlobs(folder, s.GetRequiredService<TimeProvider>()) : new S3Blobs(bucket, folder);
        });
}
