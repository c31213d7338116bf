using System.Net;
using System.Runtime.CompilerServices;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;

namespace Portal.Data.Blobs;

/// <summary>In a bucket. Its owner sees to it that nobody else reads it.</summary>
public sealed class S3Blobs(S3Options options, string waitingFolder) : IBlobs, IDisposable
{
    private readonly AmazonS3Client client = ClientOf(options);

    /// <summary>S3 wants to know how much it is before it begins: what nobody can say the length of waits on disk.</summary>
    public async Task PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        BlobKey.Checked(key);
        await using var waits = content.CanSeek ? null : await WholeAsync(content, cancellationToken);
        using var transfer = new TransferUtility(client);
        // Large ones go in parts; a part that is missing leaves no object.
        await AskAsync(async () =>
        {
            await transfer.UploadAsync(new TransferUtilityUploadRequest
            {
                BucketName = options.Bucket,
                Key = key,
                InputStream = waits ?? content,
                AutoCloseStream = false,
                ContentType = "application/octet-stream",
            }, cancellationToken);
            return true;
        });
    }

    public async Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var found = await AskAsync(() => client.GetObjectMetadataAsync(options.Bucket, BlobKey.Checked(key), cancellationToken));
            return new S3Stream(client, options.Bucket, key, found.ContentLength);
        }
        catch (BlobException e) when (e.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.NotFound })
        {
            return null;
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        AskAsync(() => client.DeleteObjectAsync(options.Bucket, BlobKey.Checked(key), cancellationToken));

    public async IAsyncEnumerable<StoredBlob> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = client.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = options.Bucket });
        await foreach (var found in pages.S3Objects.WithCancellation(cancellationToken))
            if (BlobKey.IsOne(found.Key) && found.LastModified is { } at)
                yield return new(found.Key, new(at.ToUniversalTime(), TimeSpan.Zero));
    }

    public void Dispose() => client.Dispose();

    private static async Task<T> AskAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or HttpRequestException)
        {
            throw new BlobException(isFull: false, e);
        }
    }

    private async Task<Stream> WholeAsync(Stream content, CancellationToken cancellationToken)
    {
        var file = PrivateFiles.Passing(Path.Combine(waitingFolder, Path.GetRandomFileName()));
        try
        {
            await content.CopyToAsync(file, cancellationToken);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static AmazonS3Client ClientOf(S3Options options)
    {
        var config = new AmazonS3Config
        {
            // The bucket in the path and not in the host's name: servers of one's own know no other way.
            ForcePathStyle = options.ServiceUrl is not "",
            // Newer checksums are unknown to many of them.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.ServiceUrl is not "")
            (config.ServiceURL, config.AuthenticationRegion) = (options.ServiceUrl, options.Region is "" ? "us-east-1" : options.Region);
        else
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        return options.AccessKey is "" ? new(config) : new(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
    }
}
