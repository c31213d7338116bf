using System.ComponentModel;
using System.Diagnostics;

namespace Portal.People.Profile;

/// <summary>
/// Draws a picture in a process of its own, with an end to everything: seconds of the processor, memory and files (the kernel holds
/// them, on Unix), seconds in all, and bytes that come back. Whoever hangs up ends it.
/// </summary>
public sealed class PictureProcess(ILogger<PictureProcess> log)
{
    public const int MaxCpuSeconds = 5;
    public const int MaxMegabytes = 1024;
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    private const int MaxOutput = 1024 * 1024;
    private const int KilledForTime = 128 + 9;
    private const int TimeIsUp = 128 + 24;

    public async Task<(PictureProblem Problem, byte[] Jpeg)> DrawAsync(byte[] file, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(MaxTime);
        using var process = new Process { StartInfo = PictureCommand.StartInfo() };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            log.LogError(e, "The process that draws pictures cannot be started");
            return (PictureProblem.Busy, []);
        }
        try
        {
            return await TalkAsync(process, file, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogWarning("A picture was given up after {Seconds} seconds", MaxTime.TotalSeconds);
            return (PictureProblem.TooSlow, []);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private async Task<(PictureProblem, byte[])> TalkAsync(Process process, byte[] file, CancellationToken cancellationToken)
    {
        process.BeginErrorReadLine(); // the decoders' own remarks are nobody's
        var reading = ReadAsync(process.StandardOutput.BaseStream, cancellationToken);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(file, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; why, says its code.
        }
        var watching = OperatingSystem.IsWindows() ? WatchAsync(process, cancellationToken) : Task.CompletedTask;
        var answer = await reading;
        await process.WaitForExitAsync(cancellationToken);
        await watching;
        if (process.ExitCode == 0 && answer.Length is > 0 and <= MaxOutput && Enum.IsDefined((PictureProblem)answer[0]))
            return ((PictureProblem)answer[0], answer[1..]);
        log.LogWarning("A picture was given up: its process ended with {Code}", process.ExitCode);
        return (process.ExitCode is KilledForTime or TimeIsUp ? PictureProblem.TooSlow : PictureProblem.Broken, []);
    }

    /// <summary>One byte more than may be: then it is known to be too much.</summary>
    private static async Task<byte[]> ReadAsync(Stream output, CancellationToken cancellationToken)
    {
        var answer = new byte[MaxOutput + 1];
        var length = await output.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, cancellationToken);
        return answer[..length];
    }

    /// <summary>Where no kernel does it: looked at ten times a second, so that it may be past its limits for as long.</summary>
    private static async Task WatchAsync(Process process, CancellationToken cancellationToken)
    {
        while (!process.HasExited)
        {
            process.Refresh();
            if (process.PrivateMemorySize64 > MaxMegabytes * 1024L * 1024 || process.TotalProcessorTime.TotalSeconds > MaxCpuSeconds)
                process.Kill();
            await Task.Delay(100, cancellationToken);
        }
    }
}
