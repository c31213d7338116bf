using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using Portal.Settings;

namespace Portal.Security;

/// <summary>
/// Development has people whose password everybody knows: it listens on this machine only, unless it is told twice. Asked where
/// the socket is opened, so that no way of naming an address leads around it.
/// </summary>
internal sealed class LoopbackOnly(
    IOptions<SocketTransportOptions> sockets, ILoggerFactory logs, IOptions<PortalOptions> options, IHostEnvironment environment)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory inner = new(sockets, logs);

    public bool CanBind(EndPoint endpoint) => inner.CanBind(endpoint);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (endpoint is IPEndPoint { Address: var address } && !IPAddress.IsLoopback(address)
            && environment.IsDevelopment() && !options.Value.OpenDevelopment)
            throw new StartupException(
                $"Development, with its demo accounts, does not listen on {endpoint}, where other machines reach it: choose a localhost "
                + "address by ASPNETCORE_URLS, or set Portal:OpenDevelopment to true, too.");
        return inner.BindAsync(endpoint, cancellationToken);
    }
}
