using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Portal.Mail.Smtp;

/// <summary>
/// A socket with time limits: commands out, answers in. Fails by <see cref="SmtpException"/> only, or by
/// <see cref="OperationCanceledException"/> when the caller gives up.
/// </summary>
internal sealed class SmtpConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly SmtpLimits _limits;
    private readonly SmtpReplyReader _reader = new();
    private Stream _stream;

    private SmtpConnection(Socket socket, SmtpLimits limits) => (_socket, _limits, _stream) = (socket, limits, new NetworkStream(socket, ownsSocket: true));

    public bool IsEncrypted => _stream is SslStream;

    public bool IsLoopback => _socket.RemoteEndPoint is IPEndPoint { Address: var address }
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    /// <summary>Whether the server is gone already, as far as can be told without waiting.</summary>
    public bool IsClosedByServer
    {
        get
        {
            try
            {
                return _socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return true;
            }
        }
    }

    public string Remote => _socket.RemoteEndPoint?.ToString() ?? "";

    public static async Task<SmtpConnection> ConnectAsync(string host, int port, SmtpLimits limits, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await LimitedAsync(limits.Connect, "connection", cancellationToken, async limited =>
            {
                await socket.ConnectAsync(host, port, limited);
                return true;
            });
            return new(socket, limits);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public Task<SmtpReply> ReadAsync(CancellationToken cancellationToken) => ReadAsync(_limits.Reply, cancellationToken);

    public Task<SmtpReply> ReadAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        LimitedAsync(limit, "answer", cancellationToken, limited => _reader.ReadAsync(_stream, limited).AsTask());

    public Task WriteAsync(string commands, CancellationToken cancellationToken) => WriteAsync(Encoding.UTF8.GetBytes(commands), cancellationToken);

    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        LimitedAsync(_limits.Write, "progress", cancellationToken, async limited =>
        {
            await _stream.WriteAsync(bytes, limited);
            return true;
        });

    /// <summary>Encrypts what follows. The certificate must be good and for this host.</summary>
    /// <param name="trust">Whom to trust instead of the machine's own authorities.</param>
    /// <returns>How it is encrypted.</returns>
    public async Task<string> UseTlsAsync(string host, X509ChainPolicy? trust, CancellationToken cancellationToken)
    {
        // What came before the handshake came from anybody, and would be read as if it had come after it (RFC 3207 §6).
        if (_reader.HasMore)
            throw new SmtpException("The server sent more than its answer to STARTTLS: somebody may be in between.");
        string? problem = null;
        var encrypted = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = encrypted;
        try
        {
            await LimitedAsync(_limits.Tls, "handshake", cancellationToken, async limited =>
            {
                await encrypted.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    CertificateChainPolicy = trust,
                    RemoteCertificateValidationCallback = (_, _, chain, errors) =>
                    {
                        problem = CertificateProblem(host, chain, errors);
                        return errors == SslPolicyErrors.None;
                    },
                }, limited);
                return true;
            });
        }
        catch (SmtpException e) when (problem is not null)
        {
            throw new SmtpException(problem, null, e);
        }
        return $"{encrypted.SslProtocol}, {encrypted.NegotiatedCipherSuite}";
    }

    public void Dispose() => _stream.Dispose();

    private static string? CertificateProblem(string host, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return "The server shows no certificate.";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"The server's certificate is not for {host}.";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            return $"The server's certificate is not trusted: {string.Join(", ", chain?.ChainStatus.Select(s => s.Status.ToString()).Distinct() ?? [])}.";
        return null;
    }

    private static async Task<T> LimitedAsync<T>(TimeSpan limit, string what, CancellationToken cancellationToken, Func<CancellationToken, Task<T>> run)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(limit);
        try
        {
            return await run(limited.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SmtpException($"No {what} within {limit.TotalSeconds:0.#} seconds.");
        }
        catch (Exception e) when (IsTrouble(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new SmtpException(e.Message, null, e);
        }
    }

    private static bool IsTrouble(Exception e) => e is IOException or SocketException or AuthenticationException or CryptographicException
        or ObjectDisposedException or InvalidOperationException or NotSupportedException or ArgumentException;
}
