using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;
using Providers;

namespace Plugins.Sample;

public enum Behaviour
{
    Good,
    ThrowsInConstructor,
    HangsInConstructor,
    Throws,
    Blocks,
    LeadsElsewhere,
    EmbedsWithoutSayingSo,
    AnswersNothing,
}

public sealed class SampleOptions : IValidatableObject
{
    public string Id { get; set; } = "sample";

    public Behaviour Behaviour { get; set; }

    /// <summary>While this file exists, the behaviour is Good.</summary>
    public string GoodWhile { get; set; } = "";

    /// <summary>A line for each meeting that was ended.</summary>
    public string EndedFile { get; set; } = "";

    [DataType(DataType.Password), MinLength(8)]
    public string? Secret { get; set; }

    [Range(1, 5)]
    public int Level { get; set; } = 1;

    public bool Contradicts { get; set; }

    /// <summary>Stands in every address that it leads to.</summary>
    [Category("Server"), StringLength(40)]
    public string Server { get; set; } = "";

    [Category("Server")]
    public string[] Hosts { get; set; } = [];

    [Category("Server")]
    public int? Limit { get; set; }

    [Category("Server")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Mentors decide whether a session is recorded.</summary>
    public bool LeavesRecording { get; set; }

    /// <summary>Mentors connect accounts of their own.</summary>
    public bool Connects { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Contradicts ? [new ValidationResult("The settings contradict each other.")] : [];
}

/// <summary>Behaves as its settings say, well or badly.</summary>
public sealed class SampleProvider : IMeetingProvider, ISupportsMentorUrl, ISupportsMentorAccount
{
    private static readonly ManualResetEventSlim Never = new();

    private readonly SampleOptions options;

    public SampleProvider(ProviderContext<SampleOptions> context)
    {
        options = context.Options;
        context.Logger.LogDebug("The sample starts.");
        if (options.Behaviour == Behaviour.ThrowsInConstructor)
            throw new NotSupportedException("The constructor gives up.");
        if (options.Behaviour == Behaviour.HangsInConstructor)
            Never.Wait();
    }

    public ProviderDescriptor Descriptor => new(options.Id, ["sample.example"])
    {
        Choices = options.LeavesRecording ? [new("record", "Record the session", Default: false)] : [],
    };

    private Behaviour Now => File.Exists(options.GoodWhile) ? Behaviour.Good : options.Behaviour;

    public ValueTask<MeetingHandle> CreateMeetingAsync(MeetingRequest request, CancellationToken cancellationToken)
    {
        Misbehave();
        return ValueTask.FromResult(Now == Behaviour.AnswersNothing ? null! : new MeetingHandle(request.IdempotencyKey));
    }

    public ValueTask<JoinTarget> GetJoinAsync(JoinRequest request, CancellationToken cancellationToken)
    {
        Misbehave();
        return ValueTask.FromResult<JoinTarget>(Now switch
        {
            Behaviour.LeadsElsewhere => new RedirectTarget(new Uri("https://sample.example.evil.example/secret-token")),
            Behaviour.EmbedsWithoutSayingSo => new EmbedTarget("{}"),
            Behaviour.AnswersNothing => null!,
            _ => new RedirectTarget(new Uri($"https://sample.example/{request.Handle.Value}{Settings(request)}")),
        });
    }

    public ValueTask EndMeetingAsync(MeetingHandle handle, CancellationToken cancellationToken)
    {
        Misbehave();
        if (options.EndedFile is not "")
            lock (Never)
                File.AppendAllLines(options.EndedFile, [handle.Value]);
        return ValueTask.CompletedTask;
    }

    public MentorUrlCheck CheckUrl(string? url)
    {
        Misbehave();
        return new(null, "Refused by the sample.");
    }

    public ValueTask<ProviderCheck> CheckAsync(CancellationToken cancellationToken)
    {
        Misbehave();
        return ValueTask.FromResult(new ProviderCheck(true, "The sample is well.")
        {
            Findings = [new(true, $"Server: {options.Server}."), new(options.Secret is not null, $"Secret: {options.Secret?.Length}.")],
        });
    }

    public Uri? GetConsentUrl(string state, Uri returnUrl) => options.Connects
        ? new($"https://sample.example/consent?state={Uri.EscapeDataString(state)}&back={Uri.EscapeDataString(returnUrl.AbsoluteUri)}") : null;

    public ValueTask<MentorAccount> ConnectAsync(string code, Uri returnUrl, CancellationToken cancellationToken) => code == "bad"
        ? throw new ProviderException(ProviderFailure.Unauthorized, "The code is not good.")
        : ValueTask.FromResult(new MentorAccount($"secret-of-{code}", $"{code}@sample.example"));

    public ValueTask DisconnectAsync(string secret, CancellationToken cancellationToken)
    {
        if (options.EndedFile is not "")
            File.AppendAllLines(options.EndedFile, [$"disconnected {secret}"]);
        return ValueTask.CompletedTask;
    }

    private string Settings(JoinRequest request) => options.Server is "" ? ""
        : $"?server={Uri.EscapeDataString(options.Server)}&record={request.Meeting.Choices.GetValueOrDefault("record")}";

    private void Misbehave()
    {
        if (Now == Behaviour.Throws)
            throw new InvalidCastException("The sample fails.");
        if (Now == Behaviour.Blocks)
            Never.Wait();
    }
}
