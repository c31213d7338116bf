using System.Text.RegularExpressions;

namespace Plugins.Manual;

/// <summary>Host names in plain letters: what a person reads is what is meant.</summary>
internal static partial class HostNames
{
    // At least two labels, and a last one that is no number: 127.0.0.1 and 2130706433 are not names.
    [GeneratedRegex(@"^(?=.{1,253}\z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex Shape { get; }

    public static bool IsDnsName(string host) => Shape.IsMatch(host);

    public static bool IsInternational(string host) =>
        host.Split('.').Any(label => label.StartsWith("xn--", StringComparison.Ordinal)) || host.Any(c => c > 127);

    public static bool IsPattern(string? pattern) =>
        pattern is not null && (pattern is ['.', .. var rest] ? rest : pattern) is var name && IsDnsName(name) && !IsInternational(name);

    /// <summary>Exactly, or below a pattern that begins with a dot; the dot is part of the comparison.</summary>
    public static bool Matches(string host, string pattern) =>
        pattern[0] == '.' ? host.EndsWith(pattern, StringComparison.Ordinal) : host == pattern;
}
