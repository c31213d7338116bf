using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bench;

/// <param name="PerSecond">How many were answered.</param>
/// <param name="P50">In milliseconds.</param>
/// <param name="P99">In milliseconds.</param>
internal sealed record Measured(double PerSecond, double P50, double P99)
{
    public static Measured Of(List<double> milliseconds, double seconds)
    {
        milliseconds.Sort();
        return new(milliseconds.Count / seconds, milliseconds[milliseconds.Count / 2], milliseconds[(int)(milliseconds.Count * 0.99)]);
    }

    /// <summary>The middle of several, each figure by itself.</summary>
    public static Measured Median(IReadOnlyCollection<Measured> all) => new(
        Middle(all.Select(m => m.PerSecond)), Middle(all.Select(m => m.P50)), Middle(all.Select(m => m.P99)));

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[sorted.Count / 2] + sorted[(sorted.Count - 1) / 2]) / 2;
    }

    public override string ToString() => $"{PerSecond,8:0} a second, p50 {P50,6:0.00} ms, p99 {P99,6:0.00} ms";
}

/// <summary>
/// Calls over connections that stay open, without a client worth mentioning: it shares the processors with what is measured.
/// </summary>
internal static class RawCalls
{
    public static byte[] Post(string path, string? bearer) => Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
        + (bearer is null ? "\r\n" : $"Authorization: Bearer {bearer}\r\n\r\n"));

    /// <param name="port">On the loopback.</param>
    /// <param name="requests">Taken in turn; each is answered 303.</param>
    public static async Task<Measured> RunAsync(int port, IReadOnlyList<byte[]> requests, int connections, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var all = await Task.WhenAll(Enumerable.Range(0, connections)
            .Select(worker => Task.Run(() => CallAsync(port, requests, worker, clock, time))));
        return Measured.Of([.. all.SelectMany(t => t)], clock.Elapsed.TotalSeconds);
    }

    private static async Task<List<double>> CallAsync(int port, IReadOnlyList<byte[]> requests, int worker, Stopwatch clock, TimeSpan time)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var times = new List<double>();
        var answer = new byte[16 * 1024];
        for (var i = worker; clock.Elapsed < time; i++)
        {
            var began = clock.Elapsed;
            await socket.SendAsync(requests[i % requests.Count]);
            var length = 0;
            do
            {
                var read = await socket.ReceiveAsync(answer.AsMemory(length));
                if (read == 0)
                    throw new InvalidOperationException("The server hung up.");
                length += read;
            }
            while (!answer.AsSpan(0, length).EndsWith("\r\n\r\n"u8));
            if (!answer.AsSpan(0, length).StartsWith("HTTP/1.1 303"u8))
                throw new InvalidOperationException(Encoding.UTF8.GetString(answer, 0, length));
            times.Add((clock.Elapsed - began).TotalMilliseconds);
        }
        return times;
    }
}
