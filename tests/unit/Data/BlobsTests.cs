using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Portal.Data;
using Portal.Data.Blobs;
using Tests.Support;

namespace Tests.Data;

/// <summary>What both stores do alike.</summary>
internal static class AnyBlobs
{
    public static async Task KeepsAsync(IBlobs blobs)
    {
        var (key, bytes) = (BlobKey.New(), RandomNumberGenerator.GetBytes(200_000));
        Assert.Null(await blobs.OpenAsync(key, default));
        await blobs.PutAsync(key, new MemoryStream(bytes), default);
        await using (var kept = (await blobs.OpenAsync(key, default))!)
        {
            Assert.Equal(bytes.Length, kept.Length);
            Assert.Equal(bytes, await AllAsync(kept));
            // From the middle, from the end, and back again: players jump.
            foreach (var from in new[] { 150_000, 199_999, 10, 0 })
            {
                kept.Position = from;
                var piece = new byte[Math.Min(100, bytes.Length - from)];
                await kept.ReadExactlyAsync(piece);
                Assert.Equal(bytes[from..(from + piece.Length)], piece);
            }
            kept.Seek(0, SeekOrigin.End);
            Assert.Equal(0, await kept.ReadAsync(new byte[10]));
        }
        var listed = Assert.Single(await ListAsync(blobs), b => b.Key == key);
        Assert.InRange((TimeProvider.System.GetUtcNow() - listed.KeptUtc).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(5));
        await blobs.DeleteAsync(key, default);
        await blobs.DeleteAsync(key, default);
        Assert.Null(await blobs.OpenAsync(key, default));
        Assert.DoesNotContain(await ListAsync(blobs), b => b.Key == key);
    }

    /// <summary>Of unknown length, and one that breaks off.</summary>
    public static async Task KeepsAllOrNothingAsync(IBlobs blobs)
    {
        var (whole, broken, large) = (BlobKey.New(), BlobKey.New(), BlobKey.New());
        var bytes = RandomNumberGenerator.GetBytes(70_000);
        await using (var measured = new MeasuredStream(new MemoryStream(bytes), bytes.Length))
        {
            await blobs.PutAsync(whole, measured, default);
            Assert.Equal((70_000, Convert.ToHexStringLower(SHA256.HashData(bytes))), (measured.Count, measured.Fingerprint()));
        }
        await using (var kept = (await blobs.OpenAsync(whole, default))!)
            Assert.Equal(bytes, await AllAsync(kept));
        await Assert.ThrowsAsync<IOException>(() => blobs.PutAsync(broken, new BreakingStream(50_000), default));
        await Assert.ThrowsAsync<TooLargeException>(
            () => blobs.PutAsync(large, new MeasuredStream(new MemoryStream(bytes), bytes.Length - 1), default));
        var there = (await ListAsync(blobs)).Select(b => b.Key).ToList();
        Assert.Contains(whole, there);
        Assert.DoesNotContain(broken, there);
        Assert.DoesNotContain(large, there);
    }

    public static async Task RefusesNamesAsync(IBlobs blobs)
    {
        foreach (var name in new[] { "", "../secret", "a/b", new string('a', 31), new string('A', 32), new string('a', 32) + "\n" })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => blobs.PutAsync(name, new MemoryStream([1]), default));
            await Assert.ThrowsAsync<ArgumentException>(() => blobs.OpenAsync(name, default));
            await Assert.ThrowsAsync<ArgumentException>(() => blobs.DeleteAsync(name, default));
        }
    }

    public static async Task<List<StoredBlob>> ListAsync(IBlobs blobs)
    {
        var all = new List<StoredBlob>();
        await foreach (var blob in blobs.ListAsync(default))
            all.Add(blob);
        return all;
    }

    private static async Task<byte[]> AllAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    private sealed class BreakingStream(int after) : MemoryStream(new byte[after])
    {
        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("The line was lost.");
    }
}

public sealed class FolderBlobsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FolderBlobs _blobs;

    public FolderBlobsTests() => _blobs = new(_folder.Path, TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task It_keeps_what_it_is_given() => AnyBlobs.KeepsAsync(_blobs);

    [Fact]
    public async Task It_keeps_all_of_it_or_nothing()
    {
        await AnyBlobs.KeepsAllOrNothingAsync(_blobs);
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), f => f.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public Task It_takes_nothing_but_its_own_keys() => AnyBlobs.RefusesNamesAsync(_blobs);

    [Fact]
    public async Task Nobody_else_can_read_a_file_of_it()
    {
        await _blobs.PutAsync(BlobKey.New(), new MemoryStream([1]), default);
        Assert.All(Directory.GetFiles(_folder.Path), f => Assert.False(PrivateFiles.IsOpen(f), f));
    }

    [Fact]
    public async Task What_a_crash_left_half_written_goes_after_a_day_and_not_before()
    {
        var (old, young) = (_folder[BlobKey.New() + ".part"], _folder[BlobKey.New() + ".part"]);
        foreach (var path in new[] { old, young, _folder["somebody-elses"] })
            await File.WriteAllTextAsync(path, "x");
        File.SetLastWriteTimeUtc(old, TimeProvider.System.GetUtcNow().UtcDateTime - FolderBlobs.GivenUp - TimeSpan.FromMinutes(1));
        Assert.Empty(await AnyBlobs.ListAsync(_blobs));
        Assert.Equal((false, true, true), (File.Exists(old), File.Exists(young), File.Exists(_folder["somebody-elses"])));
    }
}

/// <summary>Against a server that speaks S3: Python's moto, where it is installed (pip install 'moto[server,s3]').</summary>
public sealed class S3BlobsTests(S3Server server) : IClassFixture<S3Server>
{
    [NeedsMotoFact]
    public Task It_keeps_what_it_is_given() => AnyBlobs.KeepsAsync(server.Blobs);

    [NeedsMotoFact]
    public async Task It_keeps_all_of_it_or_nothing()
    {
        await AnyBlobs.KeepsAllOrNothingAsync(server.Blobs);
        Assert.Empty(Directory.GetFiles(server.WaitingFolder));
    }

    [NeedsMotoFact]
    public Task It_takes_nothing_but_its_own_keys() => AnyBlobs.RefusesNamesAsync(server.Blobs);

    /// <summary>Above sixteen megabytes it goes in parts.</summary>
    [NeedsMotoFact]
    public async Task A_large_one_arrives_whole()
    {
        var (key, bytes) = (BlobKey.New(), RandomNumberGenerator.GetBytes(18 * 1024 * 1024));
        await server.Blobs.PutAsync(key, new MemoryStream(bytes), default);
        await using var kept = (await server.Blobs.OpenAsync(key, default))!;
        Assert.Equal(SHA256.HashData(bytes), await SHA256.HashDataAsync(kept));
    }
}

public sealed class NeedsMotoFactAttribute : FactAttribute
{
    public NeedsMotoFactAttribute() => Skip = S3Server.IsInstalled ? null : "moto_server (Python's moto) is not installed";
}

/// <summary>A server that speaks S3, with a bucket.</summary>
public sealed class S3Server : IAsyncLifetime
{
    private static readonly Lazy<bool> Installed = new(() => Tool.HasMoto);
    private readonly TempFolder _folder = new();
    private Process? _process;

    public static bool IsInstalled => Installed.Value;

    public S3Blobs Blobs { get; private set; } = null!;

    public string WaitingFolder => _folder.Path;

    public async Task InitializeAsync()
    {
        if (!IsInstalled)
            return;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            var port = ((IPEndPoint)free.LocalEndpoint).Port;
            free.Stop();
            _process = Process.Start(new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", $"{port}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            _ = _process.StandardOutput.ReadToEndAsync();
            _ = _process.StandardError.ReadToEndAsync();
            var options = new S3Options
            {
                Bucket = "recordings",
                ServiceUrl = $"http://127.0.0.1:{port}",
                AccessKey = "key",
                SecretKey = "secret",
            };
            using var client = new AmazonS3Client(new BasicAWSCredentials("key", "secret"),
                new AmazonS3Config { ServiceURL = options.ServiceUrl, ForcePathStyle = true, MaxErrorRetry = 0 });
            for (var tries = 1; ; tries++)
            {
                try
                {
                    await client.PutBucketAsync(options.Bucket);
                    break;
                }
                catch (Exception) when (tries < 100)
                {
                    await Task.Delay(200);
                }
            }
            Blobs = new(options, _folder.Path);
        }
    }

    public Task DisposeAsync()
    {
        Blobs?.Dispose();
        if (_process is { HasExited: false })
            _process.Kill(entireProcessTree: true);
        _process?.Dispose();
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
