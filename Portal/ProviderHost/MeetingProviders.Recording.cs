using Providers;

namespace Portal.ProviderHost;

/// <summary>Tools that can record.</summary>
public sealed partial class MeetingProviders
{
    /// <summary>
    /// Whether somebody may record a meeting whose mentor chose this. Asked at each join, so without a thread of its own; where the plugin
    /// fails to say, people are asked: a question too many does no harm.
    /// </summary>
    public bool MayRecord(ToolAccount tool, IReadOnlyDictionary<string, bool> choices)
    {
        if (Account(tool)?.Started?.Provider is not ISupportsRecording recording)
            return false;
        try
        {
            return recording.MayRecord(choices);
        }
        catch (Exception e)
        {
            log.LogError(e, "Plugin {Plugin} failed in {Call}", tool.ProviderId, nameof(MayRecord));
            return true;
        }
    }
}
