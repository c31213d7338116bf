using System.Globalization;

namespace Plugins.Jitsi;

/// <summary>What an administrator has to know of the present settings, each with what would change it.</summary>
internal static class JitsiLimits
{
    private static readonly string[] Enforced =
    [
        nameof(JitsiOptions.Recording), nameof(JitsiOptions.LiveStreaming), nameof(JitsiOptions.Transcription),
        nameof(JitsiOptions.OutboundCalls),
    ];

    public static IEnumerable<string> Of(JitsiOptions options, JitsiServer server)
    {
        if (options.PublicWhileSettingUp)
            yield return Texts.LimitSettingUp;
        if (server.Host == JitsiServer.PublicHost)
            yield return Texts.LimitPublicEmbed;
        if (!options.UsesTokens)
            yield return Texts.LimitNoTokens;
        if (!options.UsesTokens && options.PrejoinPage != JitsiChoice.On)
            yield return Texts.LimitPublicPrejoin;
        if (!options.UsesTokens && (options.RoomPassword != JitsiChoice.Off || options.E2ee != JitsiChoice.Off || options.PrivacyPreset
            || options.Lobby != JitsiChoice.Off || options.AutoRecording != JitsiChoice.Off))
            yield return Texts.LimitPublicActs;
        if (options is { UsesTokens: true, Mode: JitsiMode.SelfHosted })
            foreach (var limit in OfOwnServer(options))
                yield return limit;
        if (options.Lobby != JitsiChoice.Off)
            yield return Texts.LimitLobby;
        if (options.MaxParticipants > 0 && !(options.Mode == JitsiMode.Jaas && options.WebhookSecret is not ""))
            yield return string.Format(CultureInfo.CurrentCulture, Texts.LimitMaxParticipants, options.MaxParticipants);
        if (!RoomName.Has(options.RoomPattern, "version") && !RoomName.Has(options.RoomPattern, "random"))
            yield return Texts.LimitNoVersion;
    }

    private static IEnumerable<string> OfOwnServer(JitsiOptions options)
    {
        yield return Texts.LimitModerators;
        yield return Texts.LimitModeratorsDocker;
        // Without these modules a participant's own program may ask for what the buttons do not show.
        if (Enforced.Any(name => !options.IsOff(name)))
            yield return Texts.LimitFilters;
    }
}
