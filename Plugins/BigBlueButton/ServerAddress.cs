namespace Plugins.BigBlueButton;

/// <summary>Where the server answers.</summary>
internal static class ServerAddress
{
    private const string UsualPath = "/bigbluebutton";

    /// <summary>With <c>/api</c> and no slash behind it, however it was typed; null for what is no https address of a server.</summary>
    public static Uri? Of(string text)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps || url.UserInfo is not ""
            || url.Query is not "" || url.Fragment is not "" || url.OriginalString.Contains('@'))
            return null;
        var path = url.AbsolutePath.TrimEnd('/');
        path = path.EndsWith("/api", StringComparison.Ordinal) ? path[..^"/api".Length] : path;
        return new Uri(url, (path is "" ? UsualPath : path) + "/api");
    }
}
