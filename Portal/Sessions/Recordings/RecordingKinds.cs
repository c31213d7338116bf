namespace Portal.Sessions.Recordings;

/// <summary>What a browser can play, by its first bytes.</summary>
public static class RecordingKinds
{
    public const int Head = 12;

    /// <summary>Null for what is no recording.</summary>
    public static string? Of(ReadOnlySpan<byte> head) =>
        head.Length >= 8 && head[4..].StartsWith("ftyp"u8) ? "video/mp4"
        : head is [0x1A, 0x45, 0xDF, 0xA3, ..] ? "video/webm" : null;
}
