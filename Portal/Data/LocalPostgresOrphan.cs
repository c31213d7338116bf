using System.Diagnostics;

namespace Portal.Data;

/// <summary>What a running server writes into its folder: process, data, start, port, socket, ...</summary>
public sealed record PostmasterFile(string Path, string Text)
{
    private string[] Lines => Text.Split('\n');

    public int Process => int.TryParse(Lines[0], out var process) ? process : 0;

    public string? SocketFolder => Lines.ElementAtOrDefault(4) is { Length: > 0 } folder ? folder : null;

    public static PostmasterFile? Read(string cluster)
    {
        var path = System.IO.Path.Combine(cluster, "postmaster.pid");
        try
        {
            return new(path, File.ReadAllText(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartupException($"{path} cannot be read: run this as the user that runs the portal.", e);
        }
    }
}

/// <summary>
/// A server whose portal was killed and that is still there, or is only now about to stop for that reason. To be
/// called with the lock in hand.
/// </summary>
internal static class LocalPostgresOrphan
{
    public static async Task StopAsync(string cluster, LocalPostgresUser user, CancellationToken cancellationToken)
    {
        for (var began = Stopwatch.StartNew(); PostmasterFile.Read(cluster) is { Process: > 0 } left; await Task.Delay(20,
            cancellationToken))
        {
            // A process number alone proves nothing. The folder a server works in is its data, and only the server's
            // own user may always ask for it. Without an answer, the new server judges for itself.
            if (await user.TryRunAsync(["readlink", $"/proc/{left.Process}/cwd"], cancellationToken) is not { } folder)
                return;
            if (PostmasterFile.Read(folder)?.Text != left.Text)
            {
                // Left by a crash; the number now belongs to something else and would keep the new server from starting.
                File.Delete(left.Path);
                return;
            }
            LocalPostgresServer.Interrupt(left.Process);
            if (began.Elapsed > LocalPostgresServer.Patience)
                throw new StartupException($"A database server left over from an earlier run does not stop: end process {left.Process}.");
        }
    }
}
