using System.Text.RegularExpressions;

namespace Plugins.Manual;

/// <summary>What a meeting link looks like at one video service.</summary>
/// <param name="Hosts">Exact names, or all below a name that begins with a dot.</param>
/// <param name="Meetings">Paths that are meetings, each with the query that belongs to it.</param>
internal sealed record HostRule(string[] Hosts, params MeetingPath[] Meetings)
{
    /// <summary>Paths that lead on to an address in their query.</summary>
    public Regex? Redirectors { get; init; }

    /// <summary>Paths that only the host of the meeting has.</summary>
    public Regex? HostLinks { get; init; }

    /// <summary>The app on the phone that the links open a call in; null where they open a page.</summary>
    public string? App { get; init; }

    /// <summary>All of the hosts' links open a chat and none a call.</summary>
    public bool IsChat { get; init; }

    /// <summary>Parameters that make whoever has the link the host.</summary>
    public string[] HostParameters { get; init; } = [];
}

/// <param name="Path">Matches the whole path.</param>
/// <param name="Keep">Parameters that stay; all others are dropped.</param>
internal sealed record MeetingPath(Regex Path, params string[] Keep)
{
    /// <summary>A parameter without which the path is no meeting.</summary>
    public string? Required { get; init; }
}
