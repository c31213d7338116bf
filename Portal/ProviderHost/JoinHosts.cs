namespace Portal.ProviderHost;

/// <summary>Whether an address lies on the hosts that a provider declared.</summary>
public static class JoinHosts
{
    /// <summary>A host name as a provider may declare it: <c>meet.example.org</c>, <c>.example.org</c>, either with a port.</summary>
    public static bool IsValid(string? host) => Parse(host) is not null;

    public static bool Allow(IEnumerable<string> hosts, Uri? target) => IsPlainHttps(target) && hosts.Any(h => Allows(h, target!));

    private static bool Allows(string host, Uri target)
    {
        if (Parse(host) is not { } allowed || allowed.Port != target.Port)
            return false;
        var name = target.IdnHost.ToLowerInvariant();
        return host[0] == '.'
            // The dot belongs to the comparison: evilexample.org is not below example.org.
            ? name.EndsWith("." + allowed.IdnHost.ToLowerInvariant(), StringComparison.Ordinal)
            : name == allowed.IdnHost.ToLowerInvariant();
    }

    private static bool IsPlainHttps(Uri? target)
    {
        if (target is not { IsAbsoluteUri: true } || target.Scheme != Uri.UriSchemeHttps)
            return false;
        // Uri.UserInfo is empty for "https://@host"; the text is not.
        return !target.AbsoluteUri["https://".Length..].Split('/', '?', '#')[0].Contains('@');
    }

    private static Uri? Parse(string? host)
    {
        var name = host is ['.', .. var rest] ? rest : host;
        return !string.IsNullOrEmpty(name)
            && name.AsSpan().IndexOfAny("/\\?#@ ") < 0
            && name[0] != '.'
            && Uri.TryCreate($"https://{name}/", UriKind.Absolute, out var parsed)
            && parsed.AbsolutePath == "/"
                ? parsed
                : null;
    }
}
