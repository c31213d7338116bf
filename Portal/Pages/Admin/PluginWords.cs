using Localization;
using Portal.Pages.Shared;
using Portal.ProviderHost;

namespace Portal.Pages.Admin;

public static class PluginWords
{
    public static (string Word, Tone Tone) Of(PluginState state) => state switch
    {
        PluginState.Active => (UiText.PluginActive, Tone.Good),
        PluginState.Disabled => (UiText.PluginDisabled, Tone.Plain),
        PluginState.NotConfigured => (UiText.PluginNotConfigured, Tone.Plain),
        PluginState.Incompatible => (UiText.PluginIncompatible, Tone.Bad),
        PluginState.NeedsAttention => (UiText.PluginNeedsAttention, Tone.Warn),
        _ => (UiText.PluginFaulted, Tone.Bad),
    };
}
