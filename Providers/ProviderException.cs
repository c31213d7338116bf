namespace Providers;

/// <summary>Why a provider could not do what was asked.</summary>
public enum ProviderFailure
{
    /// <summary>Settings are missing or do not fit together.</summary>
    NotConfigured,

    /// <summary>The tool refused our credentials.</summary>
    Unauthorized,

    /// <summary>The meeting does not exist there (any more).</summary>
    NotFound,

    /// <summary>The tool understood the request and will not do it; trying again is of no use.</summary>
    Rejected,

    /// <summary>Too many requests; see <see cref="ProviderException.RetryAfter"/>.</summary>
    RateLimited,

    /// <summary>The tool does not answer, or answers with an error of its own.</summary>
    Unavailable,
}

/// <summary>A failure that a provider can explain.</summary>
/// <param name="failure">What kind of failure it is.</param>
/// <param name="message">For administrators: what happened and what to do. No secret, no personal data.</param>
/// <param name="inner">The cause, for the log.</param>
public sealed class ProviderException(ProviderFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of failure it is.</summary>
    public ProviderFailure Failure { get; } = failure;

    /// <summary>How long to wait before the next try; null when the tool did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
