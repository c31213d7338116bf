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

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Contradicts ? [new ValidationResult("The settings contradict each other.")] : [];
}

/// <summary>Behaves as its settings say, well or badly.</summary>
public sealed class SampleProvider : IMeetingProvider, ISupportsMentorUrl
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

    public ProviderDescriptor Descriptor => new(options.Id, ["sample.example"]);

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
            Behaviour.EmbedsWithoutSayingSo => new EmbedTarget(new Uri("https://sample.example/api.js"), "{}"),
            Behaviour.AnswersNothing => null!,
            _ => new RedirectTarget(new Uri($"https://sample.example/{request.Handle.Value}")),
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
        return ValueTask.FromResult(new ProviderCheck(true, "The sample is well."));
    }

    private void Misbehave()
    {
        if (Now == Behaviour.Throws)
            throw new InvalidCastException("The sample fails.");
        if (Now == Behaviour.Blocks)
            Never.Wait();
    }
}
