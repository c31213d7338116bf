using Microsoft.Extensions.Logging;

namespace Providers;

/// <summary>Everything a provider gets from the host. There is no way to the portal's services, by intent.</summary>
/// <typeparam name="TOptions">
/// The provider's settings: one public class with a parameterless constructor, settable properties of simple types,
/// and DataAnnotations (<c>IValidatableObject</c> too), which the host checks before it makes an instance. Secrets carry
/// <c>[DataType(DataType.Password)]</c>.
/// </typeparam>
public sealed class ProviderContext<TOptions> where TOptions : class, new()
{
    /// <summary>The checked settings; they do not change during the life of the instance.</summary>
    public required TOptions Options { get; init; }

    /// <summary>Made by the host, with its time limits; do not dispose it.</summary>
    public required HttpClient Http { get; init; }

    /// <summary>Writes to the portal's log under the plugin's id. No secrets, no personal data.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>The only clock to use.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>The portal's public base address, for callbacks.</summary>
    public required Uri PublicUrl { get; init; }
}
