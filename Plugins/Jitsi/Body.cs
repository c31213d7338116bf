namespace Plugins.Jitsi;

/// <summary>What a server answers, which may go on for ever.</summary>
internal static class Body
{
    /// <summary>Its beginning, or all of it.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage answer, int max, CancellationToken cancellationToken)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[max];
        var read = await stream.ReadAtLeastAsync(buffer, max, throwOnEndOfStream: false, cancellationToken);
        return buffer.AsMemory(0, read);
    }
}
