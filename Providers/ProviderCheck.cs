namespace Providers;

/// <summary>The answer of "Test connection".</summary>
/// <param name="Healthy">True when meetings can be made and joined.</param>
/// <param name="Message">What was tried and what it showed, in the current language and in plain words.</param>
public sealed record ProviderCheck(bool Healthy, string Message);
