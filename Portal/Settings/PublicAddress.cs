using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Portal.Settings;

/// <summary>The portal's public base address: from the settings, never from a request.</summary>
public sealed class PublicAddress(IOptions<PortalOptions> options, IServer server, IHostEnvironment environment)
{
    /// <summary>Browsers keep a cookie of such a name only where it came by https, for this host alone and all of it.</summary>
    public const string HostPrefix = "__Host-";

    /// <summary>By what is set: a request that a proxy handed on looks like http.</summary>
    public bool IsHttps { get; } = options.Value.PublicUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    public Uri Base => new(Text.TrimEnd('/') + "/");

    public Uri To(string path) => new(Base, path.TrimStart('/'));

    public string CookieName(string name) => IsHttps ? HostPrefix + name : name;

    /// <summary>Refuses to start with an address that would make dead links.</summary>
    public void Check()
    {
        var set = options.Value.PublicUrl;
        if (set is "" && !environment.IsDevelopment())
            throw new StartupException("Portal:PublicUrl is not set: links in mails start with it, so the portal cannot guess it.");
        if (set is not "" && !(Uri.TryCreate(set, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            throw new StartupException($"Portal:PublicUrl is not a web address: {set}");
        if (set is not "" && !IsHttps && !environment.IsDevelopment() && !options.Value.AllowHttp)
            throw new StartupException(
                $"Portal:PublicUrl is {set}: outside of Development it starts with https, unless Portal:AllowHttp is true.");
    }

    private string Text
    {
        get
        {
            if (options.Value.PublicUrl is { Length: > 0 } set)
                return set;
            if (!environment.IsDevelopment())
                throw new InvalidOperationException("Portal:PublicUrl is not set.");
            var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
            return bound.Replace("0.0.0.0", "localhost").Replace("[::]", "localhost").Replace("127.0.0.1", "localhost");
        }
    }
}
