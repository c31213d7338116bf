using System.Net.Http.Headers;

namespace Plugins.Shared;

/// <summary>How long a server asks to be left alone.</summary>
internal static class Wait
{
    /// <summary>Null when it does not say; zero when that time is over.</summary>
    public static TimeSpan? Of(RetryConditionHeaderValue? after, DateTimeOffset now)
    {
        var wait = after?.Delta ?? after?.Date - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
