using System.Text.Json;
using Providers;

namespace Plugins.Zoom;

/// <summary>What Zoom answered, whole.</summary>
/// <param name="Now">When, by our clock.</param>
internal sealed record ZoomAnswer(int Status, byte[] Body, DateTimeOffset Now)
{
    public string? RetryAfter { get; init; }

    /// <summary>Zoom's name for the limit that was reached.</summary>
    public string? LimitType { get; init; }

    /// <summary>By Zoom's clock.</summary>
    public DateTimeOffset? Date { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    public ZoomError Error { get; } = Status is >= 200 and < 300 ? new() : ReadError(Body);

    /// <summary>The meeting is not there. With status 403 the same code says that it is, but not for us.</summary>
    public bool IsGone => Status == 404 && Error.Code == 3001;

    public ZoomAnswer Require() => IsSuccess ? this : throw ZoomErrors.Exception(this);

    public T Read<T>() where T : class
    {
        Require();
        try
        {
            return JsonSerializer.Deserialize<T>(Body, ZoomJson.Options) ?? throw new JsonException();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ProviderException(ProviderFailure.Unavailable, Texts.ErrorUnreadable, e);
        }
    }

    // An error page of something between us and Zoom has no code.
    private static ZoomError ReadError(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<ZoomError>(body, ZoomJson.Options) ?? new();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new();
        }
    }
}
