using System.Globalization;

namespace Plugins.Jitsi;

/// <summary>What is wrong with the settings, each sentence with the setting that it is about.</summary>
internal static class JitsiProblems
{
    public static IEnumerable<(string Setting, string Text)> Of(JitsiOptions options)
    {
        // While people meet elsewhere, what is not there yet is no error.
        var own = options.PublicWhileSettingUp ? [] : Server(options);
        foreach (var (setting, text) in own.Concat(Rooms(options)))
            if (text is not null)
                yield return (setting, text);
    }

    private static IEnumerable<(string Setting, string? Text)> Server(JitsiOptions options)
    {
        yield return (nameof(options.Domain), JitsiServer.Problem(options));
        if (options.Mode == JitsiMode.SelfHosted)
        {
            yield return (nameof(options.AppId), options.AppId is "" ? Texts.AppIdMissing : null);
            yield return (nameof(options.AppSecret), options.AppSecret.Length < JitsiOptions.MinSecretLength
                ? string.Format(CultureInfo.CurrentCulture, Texts.AppSecretShort, JitsiOptions.MinSecretLength) : null);
        }
        if (options.Mode != JitsiMode.Jaas)
            yield break;
        yield return (nameof(options.AppId), JitsiServer.IsJaasAppId(options.AppId) ? null : Texts.AppIdJaas);
        yield return (nameof(options.KeyId), options.KeyId is "" ? Texts.KeyIdMissing : null);
        yield return (nameof(options.PrivateKey), JaasKey.Problem(options.PrivateKey));
        if (options.NextPrivateKey is "" && options.NextKeyId is "" && !options.UseNextKey)
            yield break;
        yield return (nameof(options.NextKeyId),
            options.NextKeyId is "" || options.NextKeyId == options.KeyId ? Texts.NextKeyIdMissing : null);
        yield return (nameof(options.NextPrivateKey), JaasKey.Problem(options.NextPrivateKey) is null ? null : Texts.NextPrivateKeyInvalid);
    }

    private static IEnumerable<(string Setting, string? Text)> Rooms(JitsiOptions options)
    {
        yield return (nameof(options.RoomPattern), RoomName.Problem(options));
        yield return (nameof(options.MaxParticipants), options.MaxParticipants == 1 ? Texts.MaxParticipantsOne : null);
        yield return (nameof(options.ExtraContext), ExtraContext.Problem(options.ExtraContext));
        yield return (nameof(options.Toolbar), JitsiToolbar.Problem(nameof(options.Toolbar), options.Toolbar));
        yield return (nameof(options.PhoneToolbar), JitsiToolbar.Problem(nameof(options.PhoneToolbar), options.PhoneToolbar));
        yield return (nameof(options.LogoUrl), Address(nameof(options.LogoUrl), options.LogoUrl));
        yield return (nameof(options.DialInNumbersUrl), Address(nameof(options.DialInNumbersUrl), options.DialInNumbersUrl));
        yield return (nameof(options.DialInPinUrl), Address(nameof(options.DialInPinUrl), options.DialInPinUrl));
        yield return (nameof(options.EndMeetingUrl), Address(nameof(options.EndMeetingUrl), options.EndMeetingUrl));
        yield return (nameof(options.DialInPinUrl), options.DialInPinUrl is not "" && options.DialInNumbersUrl is ""
            ? Texts.DialInIncomplete : null);
        yield return (nameof(options.AutoRecording), Needs(options.AutoRecording, options.Recording) ? Texts.AutoRecordingAlone : null);
        yield return (nameof(options.AutoTranscription),
            Needs(options.AutoTranscription, options.Transcription) ? Texts.AutoTranscriptionAlone : null);
        yield return (nameof(options.E2ee), options.E2ee == JitsiChoice.On && !options.PrivacyPreset && new[]
        {
            options.Recording, options.LiveStreaming, options.Transcription,
        }.Contains(JitsiChoice.On) ? Texts.E2eeNotTogether : null);
    }

    private static bool Needs(JitsiChoice one, JitsiChoice other) => one != JitsiChoice.Off && other == JitsiChoice.Off;

    private static string? Address(string setting, string text) =>
        text is "" || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "https", UserInfo: "", Fragment: "" })
            ? null : string.Format(CultureInfo.CurrentCulture, Texts.AddressInvalid, setting);
}
