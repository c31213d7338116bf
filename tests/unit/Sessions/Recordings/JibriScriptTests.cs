using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tests.Support;

namespace Tests.Sessions.Recordings;

/// <summary>The script of the guide, run by bash with curl as Jibri runs it, against the portal behind a real socket.</summary>
[Trait("Clock", "moves")]
public sealed class JibriScriptTests(RecordingApp recording) : IClassFixture<RecordingApp>
{
    [NeedsCurlFact]
    public async Task It_brings_a_recording_and_deletes_what_arrived()
    {
        var session = await recording.HeldAsync();
        await using var socket = await BeforeAsync();
        using var folder = new TempFolder();
        var file = Folder(folder, $"{await recording.RoomOfAsync(session)}_2026-12-01-09-00-00.mp4");
        Assert.Equal((0, ""), Run(folder, socket));
        Assert.False(Directory.Exists(Path.GetDirectoryName(file)));
        var kept = await recording.OneAsync(session);
        Assert.Equal(("video/mp4", RecordingApp.Video.Length), (kept.ContentType, kept.Size));
    }

    [NeedsCurlFact]
    public async Task What_did_not_arrive_stays_and_the_log_says_why()
    {
        await using var socket = await BeforeAsync();
        using var folder = new TempFolder();
        var file = Folder(folder, "nobody-s-room_2026-12-01-09-00-00.mp4");
        var (code, said) = Run(folder, socket);
        Assert.NotEqual(0, code);
        Assert.Contains("404", said);
        Assert.True(File.Exists(file));
        Assert.DoesNotContain(RecordingApp.Secret, said);
    }

    private static string Folder(TempFolder folder, string name)
    {
        Directory.CreateDirectory(folder["abcdef"]);
        var path = Path.Combine(folder["abcdef"], name);
        File.WriteAllBytes(path, RecordingApp.Video);
        File.WriteAllText(Path.Combine(folder["abcdef"], "metadata.json"), "{}");
        return path;
    }

    private static (int Code, string Said) Run(TempFolder folder, WebApplication socket)
    {
        var address = socket.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        File.WriteAllText(folder["portal.conf"], $"PORTAL_URL={address}/\nUPLOAD_SECRET={RecordingApp.Secret}\n");
        using var process = Process.Start(new ProcessStartInfo("bash", [Repository.File("docs/jibri-finalize.sh"), folder["abcdef"]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PORTAL_CONF"] = folder["portal.conf"] },
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Result + errors);
    }

    /// <summary>A port that hands requests on to the portal of the tests, which has none.</summary>
    private async Task<WebApplication> BeforeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var portal = recording.App.Visitor();
        app.Run(async http =>
        {
            var request = new HttpRequestMessage(new(http.Request.Method), http.Request.Path + http.Request.QueryString)
            {
                Content = new StreamContent(http.Request.Body),
            };
            foreach (var (name, value) in http.Request.Headers.Where(h => h.Key == "Authorization"))
                request.Headers.TryAddWithoutValidation(name, value.ToArray());
            using var answer = await portal.SendAsync(request, http.RequestAborted);
            http.Response.StatusCode = (int)answer.StatusCode;
            await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
        });
        await app.StartAsync();
        return app;
    }
}

public sealed class NeedsCurlFactAttribute : FactAttribute
{
    public NeedsCurlFactAttribute() => Skip = Tool.HasCurl ? null : "curl is not installed";
}
