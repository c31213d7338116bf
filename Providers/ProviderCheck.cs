namespace Providers;

/// <summary>The answer of "Test connection".</summary>
/// <param name="Healthy">True when meetings can be made and joined.</param>
/// <param name="Message">What was tried and what it showed, in the current language and in plain words.</param>
public sealed record ProviderCheck(bool Healthy, string Message)
{
    /// <summary>Each single thing that was looked at, in order; may be empty. Since 1.1.</summary>
    public IReadOnlyList<ProviderFinding> Findings { get; init; } = [];
}

/// <summary>One thing that a check looked at. Since 1.1.</summary>
/// <param name="Good">False when something has to be done.</param>
/// <param name="Text">A sentence in the current language: what was found and, where it is not good, what to do.</param>
public sealed record ProviderFinding(bool Good, string Text);
