using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stories.Fixture;

/// <summary>A mail server that is polite and takes no mail today.</summary>
public sealed class RefusingMailServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public RefusingMailServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = TalkAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The story is over.
        }
    }

    private static async Task TalkAsync(TcpClient caller)
    {
        using (caller)
        {
            try
            {
                using var reader = new StreamReader(caller.GetStream(), Encoding.ASCII);
                await using var writer = new StreamWriter(caller.GetStream(), Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 mx.stories.example ESMTP");
                while (await reader.ReadLineAsync() is { } line)
                {
                    await writer.WriteLineAsync(line.Split(' ')[0].ToUpperInvariant() switch
                    {
                        "EHLO" => "250-mx.stories.example\r\n250-ENHANCEDSTATUSCODES\r\n250 SMTPUTF8",
                        "RCPT" => "451 4.7.1 Greylisted: please try again in five minutes, see https://mx.stories.example/why",
                        "QUIT" => "221 2.0.0 Bye",
                        _ => "250 2.0.0 OK",
                    });
                }
            }
            catch (IOException)
            {
                // Who has hung up needs no answer.
            }
        }
    }
}
