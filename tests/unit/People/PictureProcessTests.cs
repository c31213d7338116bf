using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.People.Profile;
using Tests.Support;

namespace Tests.People;

/// <summary>The decoder as a process of its own, and what is refused before it starts.</summary>
public sealed class PictureProcessTests
{
    private static readonly PictureProcess Decoder = new(NullLogger<PictureProcess>.Instance);

    [Theory]
    [InlineData(6320, 10_000, 1, PictureProblem.TooElaborate)] // 33 seconds of a processor, and 716 MB
    [InlineData(64, 101, 1, PictureProblem.TooElaborate)]
    [InlineData(64, 90, 1, PictureProblem.None)]
    [InlineData(3465, 1, 1, PictureProblem.TooElaborate)]
    [InlineData(3464, 1, 1, PictureProblem.None)]
    [InlineData(64, 1, 4, PictureProblem.TooElaborate)]
    [InlineData(6330, 1, 1, PictureProblem.TooManyPixels)]
    public void A_picture_that_is_made_to_be_dear_is_known_by_its_markers(int side, int scans, byte components, PictureProblem expected)
    {
        var began = Stopwatch.StartNew();
        Assert.Equal(expected, PictureFile.Judge(JpegBomb.Make(side, scans, components)));
        Assert.True(began.Elapsed < TimeSpan.FromSeconds(2), $"{began.Elapsed}");
    }

    [Fact]
    public void What_is_hidden_in_other_segments_or_behind_the_end_is_no_scan()
    {
        byte[] scan = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0];
        var many = Enumerable.Repeat(scan, 200).SelectMany(s => s).ToArray();
        byte[] inside = [0xFF, 0xD8, .. Samples.Segment(0xE1, many), .. Samples.Jpeg().AsSpan(2)];
        Assert.Equal(PictureProblem.None, PictureFile.Judge(inside));
        Assert.Equal(PictureProblem.None, PictureFile.Judge([.. Samples.Jpeg(), .. many]));
        Assert.Equal(PictureProblem.TooElaborate, PictureFile.Judge([.. Samples.Jpeg().AsSpan(0, Samples.Jpeg().Length - 2), .. many]));
    }

    [Fact]
    public async Task The_process_draws_what_the_decoder_draws()
    {
        foreach (var file in new[] { Samples.Jpeg(), Samples.Png(), Samples.WebP(40, 30, SkiaSharp.SKColors.Red), Samples.Png()[..40] })
        {
            var (problem, jpeg) = await Decoder.DrawAsync(file, default);
            var here = PictureDrawing.Draw(file);
            Assert.Equal(here.Problem, problem);
            Assert.Equal(here.Jpeg, jpeg);
        }
    }

    [Fact]
    public async Task The_largest_pictures_that_are_taken_fit_into_its_memory()
    {
        var random = new Random(1);
        var rows = new byte[(8000 * 4 + 1) * 5000L];
        Assert.Equal(PictureProblem.None, (await Decoder.DrawAsync(Samples.Png(8000, 5000, colour: 6, rows: rows), default)).Problem);
        Assert.Equal(PictureProblem.None, (await Decoder.DrawAsync(JpegBomb.Make(3464, 90), default)).Problem);
        Assert.Equal(PictureProblem.None, (await Decoder.DrawAsync(Samples.WebP(7000, 5700, SkiaSharp.SKColors.Red), default)).Problem);
    }

    [Fact]
    public async Task The_kernel_holds_its_limits_and_it_knows_nothing_of_the_portal()
    {
        Environment.SetEnvironmentVariable("ConnectionStrings__ATest", "a-secret-of-the-environment");
        using var process = Process.Start(PictureCommand.StartInfo())!;
        try
        {
            for (var i = 0; (await File.ReadAllTextAsync($"/proc/{process.Id}/comm")).Trim() != "dotnet" && i < 500; i++)
                await Task.Delay(10);
            var limits = await File.ReadAllLinesAsync($"/proc/{process.Id}/limits");
            string Limit(string name) => limits.Single(l => l.StartsWith(name, StringComparison.Ordinal))[26..46].Trim();
            Assert.Equal($"{PictureProcess.MaxCpuSeconds}", Limit("Max cpu time"));
            Assert.Equal($"{PictureProcess.MaxMegabytes * 1024L * 1024}", Limit("Max address space"));
            Assert.Equal("0", Limit("Max file size"));
            Assert.Equal("0", Limit("Max core file size"));
            var environment = await File.ReadAllTextAsync($"/proc/{process.Id}/environ");
            Assert.DoesNotContain("a-secret-of-the-environment", environment);
            Assert.DoesNotContain("HOME=", environment);
        }
        finally
        {
            process.Kill();
            Environment.SetEnvironmentVariable("ConnectionStrings__ATest", null);
        }
    }

    [Fact]
    public async Task Whoever_hangs_up_ends_it()
    {
        using var hangUp = new CancellationTokenSource();
        hangUp.CancelAfter(50);
        var before = Children();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Decoder.DrawAsync(Samples.Png(), hangUp.Token));
        for (var i = 0; Children().Except(before).Any() && i < 100; i++)
            await Task.Delay(20);
        Assert.Empty(Children().Except(before));
    }

    [Fact]
    public async Task One_of_each_person_is_drawn_at_a_time()
    {
        var queue = new PictureQueue(Decoder);
        var person = Guid.NewGuid();
        var first = queue.DrawAsync(person, Samples.Png(), default);
        Assert.Equal(PictureProblem.OneAtATime, (await queue.DrawAsync(person, Samples.Png(), default)).Problem);
        Assert.Equal(PictureProblem.None, (await first).Problem);
        Assert.Equal(PictureProblem.None, (await queue.DrawAsync(person, Samples.Png(), default)).Problem);
    }

    [Fact]
    public async Task More_than_a_few_do_not_wait()
    {
        var queue = new PictureQueue(Decoder);
        var answers = await Task.WhenAll(Enumerable.Range(0, PictureQueue.MaxAtOnce + PictureQueue.MaxWaiting + 3)
            .Select(_ => queue.DrawAsync(Guid.NewGuid(), Samples.Png(), default)));
        Assert.Equal(3, answers.Count(a => a.Problem == PictureProblem.Busy));
        Assert.Equal((429, 503), (PictureProblem.OneAtATime.Status(), PictureProblem.Busy.Status()));
    }

    /// <summary>Of this process, that are decoders.</summary>
    private static HashSet<string> Children() => [.. Directory.GetDirectories("/proc").Where(d => int.TryParse(Path.GetFileName(d), out _))
        .Where(d => Read(d, "cmdline").Contains(PictureChild.Word, StringComparison.Ordinal)
            && Read(d, "stat") is { Length: > 0 } stat && stat[(stat.LastIndexOf(')') + 2)..].Split(' ') is var parts
            && parts[0] != "Z" && parts[1] == $"{Environment.ProcessId}")];

    private static string Read(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
