using System.Text;

namespace Portal.Mail.Smtp;

/// <summary>Signs in (RFC 4954) by PLAIN, LOGIN or XOAUTH2. Nothing here says a secret, not even when the server repeats it.</summary>
internal sealed class SmtpAuthentication(SmtpOptions options)
{
    public bool IsWanted => options.User is not "";

    /// <summary>Why it is not even tried; null when it can be.</summary>
    public string? WhyNot(SmtpConnection connection, SmtpCapabilities capabilities) =>
        !connection.IsEncrypted && !connection.IsLoopback ? "The connection is not encrypted: the password stays here."
        : Choose(capabilities) is null
            ? capabilities.Mechanisms.Count == 0
                ? "A user is set, but the server offers no way to sign in."
                : $"The server offers {string.Join(", ", capabilities.Mechanisms.Order(StringComparer.Ordinal).Take(10))} to sign in; the portal knows {Known}."
        : null;

    /// <returns>The last answer, with what is secret taken out of it, and how it was done.</returns>
    public async Task<(SmtpReply Reply, string Mechanism)> RunAsync(SmtpConnection connection, SmtpCapabilities capabilities, CancellationToken cancellationToken)
    {
        var mechanism = Choose(capabilities)!;
        var (initial, more) = Words(mechanism);
        await connection.WriteAsync(initial is null ? $"AUTH {mechanism}\r\n" : $"AUTH {mechanism} {initial}\r\n", cancellationToken);
        var reply = await connection.ReadAsync(cancellationToken);
        foreach (var word in more)
        {
            if (reply.Code != 334)
                break;
            await connection.WriteAsync(word + "\r\n", cancellationToken);
            reply = await connection.ReadAsync(cancellationToken);
        }
        if (reply.IsIntermediate)
            throw new SmtpException("The server asks for more than this way of signing in has.");
        return (Hide(reply), mechanism);
    }

    private string Known => options.OAuthToken is "" ? "PLAIN and LOGIN" : "XOAUTH2 with a token";

    private string? Choose(SmtpCapabilities capabilities) =>
        (options.OAuthToken is "" ? ["PLAIN", "LOGIN"] : new[] { "XOAUTH2" }).FirstOrDefault(capabilities.Mechanisms.Contains);

    /// <summary>What goes with the command, and what answers each question of the server.</summary>
    private (string? Initial, string[] More) Words(string mechanism) => mechanism switch
    {
        "PLAIN" => (Base64($"\0{options.User}\0{options.Password}"), []),
        "LOGIN" => (null, [Base64(options.User), Base64(options.Password)]),
        // A refusal comes as a question, to be answered by an empty line.
        _ => (Base64($"user={options.User}\u0001auth=Bearer {options.OAuthToken}\u0001\u0001"), [""]),
    };

    private SmtpReply Hide(SmtpReply reply)
    {
        string[] secrets = [.. new[] { "PLAIN", "LOGIN", "XOAUTH2" }.Select(Words).SelectMany(w => w.More.Append(w.Initial ?? "")), options.Password, options.OAuthToken];
        return reply with { Lines = [.. reply.Lines.Select(line => secrets.Where(s => s is not "").Aggregate(line, (l, s) => l.Replace(s, "…", StringComparison.OrdinalIgnoreCase)))] };
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
