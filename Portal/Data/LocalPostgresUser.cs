using System.ComponentModel;
using System.Diagnostics;

namespace Portal.Data;

/// <summary>Who runs the embedded server: ourselves, or (it refuses to run as root) the machine's postgres or nobody.</summary>
public sealed class LocalPostgresUser
{
    private readonly string[] _become;

    private LocalPostgresUser(string? owner, params string[] become) => (Owner, _become) = (owner, become);

    public static LocalPostgresUser Current { get; } = new(null);

    /// <summary>Null: the user we are.</summary>
    private string? Owner { get; }

    public static async Task<LocalPostgresUser> ChooseAsync(CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            return Current;
        var name = await Current.TryRunAsync(["id", "-u", "postgres"], cancellationToken) is null ? "nobody" : "postgres";
        var user = await Current.RunAsync("/", ["id", "-u", name], cancellationToken);
        var group = await Current.RunAsync("/", ["id", "-g", name], cancellationToken);
        return new($"{user}:{group}", "setpriv", "--reuid", user, "--regid", group, "--clear-groups");
    }

    /// <summary>Gives a folder and all that is in it to this user.</summary>
    public Task OwnAsync(string folder, CancellationToken cancellationToken) =>
        Owner is null ? Task.CompletedTask : Current.RunAsync("/", ["chown", "-R", Owner, folder], cancellationToken);

    /// <summary>Lets this user pass through a folder of ours (and not list it) to the one below that is its own.</summary>
    public async Task LetThroughAsync(string folder, CancellationToken cancellationToken)
    {
        if (Owner is null || await CanEnterAsync(folder, cancellationToken))
            return;
        await Current.RunAsync("/", ["chgrp", Owner.Split(':')[1], folder], cancellationToken);
        await Current.RunAsync("/", ["chmod", "g+x", folder], cancellationToken);
        if (!await CanEnterAsync(folder, cancellationToken))
            throw new StartupException(
            $"The database's own user cannot reach {folder}: set Data:Folder to a place outside of closed folders such as /root.");
    }

    private async Task<bool> CanEnterAsync(string folder, CancellationToken cancellationToken) =>
        await TryRunAsync(["test", "-x", folder], cancellationToken) is not null;

    /// <summary>Runs a short command as this user and answers what it printed.</summary>
    public async Task<string> RunAsync(string folder, string[] command, CancellationToken cancellationToken)
    {
        var (succeeded, output, errors) = await CompleteAsync(folder, command, cancellationToken);
        return succeeded ? output : throw new StartupException($"{Path.GetFileName(command[0])} failed: {errors.ReplaceLineEndings(" ")}");
    }

    /// <summary>The same; null when the command failed.</summary>
    public async Task<string?> TryRunAsync(string[] command, CancellationToken cancellationToken)
    {
        var (succeeded, output, _) = await CompleteAsync("/", command, cancellationToken);
        return succeeded ? output : null;
    }

    private async Task<(bool Succeeded, string Output, string Errors)> CompleteAsync(
        string folder, string[] command, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo(folder, [.. _become, .. command]) };
        process.StartInfo.RedirectStandardOutput = true;
        Start(process);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode == 0, (await output).Trim(), (await errors).Trim());
    }

    /// <summary>
    /// A server in a session of its own (Ctrl-C is for us, we stop it when we are done), which the kernel interrupts
    /// when the thread that started it is gone, whatever became of us.
    /// </summary>
    public Process Server(string folder, string[] command) =>
        new() { StartInfo = StartInfo(folder, ["setsid", .. _become.DefaultIfEmpty("setpriv"), "--pdeathsig", "INT", .. command]) };

    public static void Start(Process process)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new StartupException(
                $"{process.StartInfo.FileName} cannot be run, which the embedded database needs: apt-get install util-linux coreutils, or set ConnectionStrings:Portal.", e);
        }
    }

    private static ProcessStartInfo StartInfo(string folder, IEnumerable<string> command)
    {
        var info = new ProcessStartInfo(command.First(), command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        info.Environment["LC_ALL"] = "C.UTF-8";
        // What is meant for clients and other servers of this machine must not change ours.
        foreach (var name in info.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList())
            info.Environment.Remove(name);
        return info;
    }
}
