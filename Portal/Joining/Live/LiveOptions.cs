using System.ComponentModel.DataAnnotations;

namespace Portal.Joining.Live;

/// <summary>How many pages may listen at once. The others ask now and then.</summary>
public sealed class LiveOptions
{
    public const string Section = "Live";

    /// <summary>For this portal; 0: none.</summary>
    [Range(0, 20_000)]
    public int MaxStreams { get; set; } = 2000;

    [Range(1, 5000)]
    public int MaxStreamsPerSession { get; set; } = 250;

    /// <summary>Browsers keep six connections to a host where there is no HTTP/2, and the page needs some of them.</summary>
    [Range(1, 100)]
    public int MaxStreamsPerPerson { get; set; } = 4;
}
