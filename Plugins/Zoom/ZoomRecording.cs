namespace Plugins.Zoom;

/// <summary>Whether Zoom records by itself.</summary>
public enum ZoomRecording
{
    None,

    /// <summary>On the host's computer.</summary>
    Local,

    /// <summary>At Zoom.</summary>
    Cloud,
}
