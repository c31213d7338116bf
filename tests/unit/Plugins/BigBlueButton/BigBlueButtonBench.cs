using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Plugins.BigBlueButton;
using Providers;
using Tests.Support;

namespace Tests.Plugins.BigBlueButton;

internal static class BigBlueButtonBench
{
    public static BigBlueButtonOptions Options(Action<BigBlueButtonOptions>? change = null)
    {
        var options = new BigBlueButtonOptions
        {
            ServerUrl = "https://bbb.example.org/bigbluebutton/",
            SharedSecret = FakeBigBlueButton.Secret,
        };
        change?.Invoke(options);
        return options;
    }

    public static BigBlueButtonProvider Provider(
        HttpMessageHandler http, Action<BigBlueButtonOptions>? change = null, TimeProvider? clock = null, TimeSpan? patience = null) =>
        new(new ProviderContext<BigBlueButtonOptions>
        {
            Options = Options(change),
            Http = new HttpClient(http) { Timeout = patience ?? TimeSpan.FromSeconds(30) },
            Logger = NullLogger.Instance,
            Clock = clock ?? new TestClock(Meetings.Start),
            PublicUrl = new Uri("https://portal.example/"),
        });

    public static async Task<Uri> JoinAsync(
        this BigBlueButtonProvider provider, ParticipantRole role = ParticipantRole.Mentee, string name = "Maha Nassar",
        string? title = null)
    {
        var handle = await provider.CreateMeetingAsync(Meetings.Request(), default);
        var request = Meetings.Join(handle, role, name);
        request = title is null ? request : request with { Meeting = request.Meeting with { Title = title } };
        return Assert.IsType<RedirectTarget>(await provider.GetJoinAsync(request, default)).Url;
    }
}

/// <summary>Skipped, visibly, where the known answers of others are not at hand.</summary>
public sealed class NeedsBbbVectorsFactAttribute : FactAttribute
{
    private static readonly string File = new[] { "../shared/contracts", "../../shared/contracts" }
        .Select(f => Path.Combine(Repository.Root, f, "bbb-vectors.json")).FirstOrDefault(System.IO.File.Exists) ?? "";

    public NeedsBbbVectorsFactAttribute() => Skip = File is "" ? "../shared/contracts/bbb-vectors.json is not there" : null;

    public static JsonNode Vectors => JsonNode.Parse(System.IO.File.ReadAllText(File))!;
}
