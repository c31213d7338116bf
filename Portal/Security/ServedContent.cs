namespace Portal.Security;

/// <summary>What people uploaded, sent back to them.</summary>
public static class ServedContent
{
    /// <summary>Whatever a browser makes of it, it is no page of ours: no script, no form, no other address.</summary>
    public static void ServeContent(this HttpContext http) =>
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";
}
