using System.Reflection;
using System.Text.RegularExpressions;
using Providers;

namespace Plugins.Jitsi;

/// <summary>Which features one meeting has, by the settings and what its mentor chose. Named as the properties of the options.</summary>
internal sealed partial class JitsiSwitches
{
    private static readonly PropertyInfo[] All =
        [.. typeof(JitsiOptions).GetProperties().Where(p => p.PropertyType == typeof(JitsiChoice))];

    /// <summary>What mentors have who were asked and never answered; all others are off.</summary>
    private static readonly HashSet<string> UsuallyOn =
        [.. All.Where(p => (JitsiChoice)p.GetValue(new JitsiOptions())! == JitsiChoice.On).Select(p => p.Name)];

    private static readonly Dictionary<string, bool> Private = new()
    {
        [nameof(JitsiOptions.E2ee)] = true,
        [nameof(JitsiOptions.RequireDisplayName)] = true,
        [nameof(JitsiOptions.LobbyChat)] = false,
        [nameof(JitsiOptions.Recording)] = false,
        [nameof(JitsiOptions.AutoRecording)] = false,
        [nameof(JitsiOptions.LocalRecording)] = false,
        [nameof(JitsiOptions.LiveStreaming)] = false,
        [nameof(JitsiOptions.Transcription)] = false,
        [nameof(JitsiOptions.AutoTranscription)] = false,
    };

    /// <summary>What makes no sense without the other.</summary>
    private static readonly Dictionary<string, string> Needs = new()
    {
        [nameof(JitsiOptions.AutoRecording)] = nameof(JitsiOptions.Recording),
        [nameof(JitsiOptions.AutoTranscription)] = nameof(JitsiOptions.Transcription),
        [nameof(JitsiOptions.LobbyChat)] = nameof(JitsiOptions.Lobby),
    };

    /// <summary>What a server does with pictures and sound, which it cannot see once they are encrypted from end to end.</summary>
    private static readonly string[] NotWithE2ee =
        [nameof(JitsiOptions.Recording), nameof(JitsiOptions.LiveStreaming), nameof(JitsiOptions.Transcription)];

    private readonly HashSet<string> on;

    private JitsiSwitches(HashSet<string> on) => this.on = on;

    public bool this[string name] => on.Contains(name);

    public static JitsiSwitches For(JitsiOptions options, IReadOnlyDictionary<string, bool> choices)
    {
        var on = All.Where(p => IsOn(options, p, choices)).Select(p => p.Name).ToHashSet();
        if (on.Contains(nameof(JitsiOptions.E2ee)))
            on.ExceptWith(NotWithE2ee);
        on.RemoveWhere(name => Needs.TryGetValue(name, out var needed) && !on.Contains(needed));
        return new(on);
    }

    public static IReadOnlyList<MentorChoice> Choices(JitsiOptions options) =>
    [
        .. All.Where(p => Decided(options, p) == JitsiChoice.Mentor).Select(p =>
            new MentorChoice(KeyOf(p.Name), Texts.ResourceManager.GetString("Option" + p.Name, Texts.Culture)!, UsuallyOn.Contains(p.Name))),
    ];

    /// <summary>RequireDisplayName is kept as require-display-name.</summary>
    public static string KeyOf(string name) => Capital.Replace(name, "-$0").ToLowerInvariant();

    private static bool IsOn(JitsiOptions options, PropertyInfo of, IReadOnlyDictionary<string, bool> choices) =>
        Decided(options, of) switch
        {
            JitsiChoice.On => true,
            JitsiChoice.Mentor => choices.TryGetValue(KeyOf(of.Name), out var chosen) ? chosen : UsuallyOn.Contains(of.Name),
            _ => false,
        };

    private static JitsiChoice Decided(JitsiOptions options, PropertyInfo of) =>
        options.PrivacyPreset && Private.TryGetValue(of.Name, out var on)
            ? on ? JitsiChoice.On : JitsiChoice.Off
            : (JitsiChoice)of.GetValue(options)!;

    [GeneratedRegex("(?<=.)[A-Z]")]
    private static partial Regex Capital { get; }
}
