using System.Globalization;

namespace Portal.Mail.Smtp;

/// <summary>What the server says it can, in answer to EHLO.</summary>
internal sealed class SmtpCapabilities
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public SmtpCapabilities(SmtpReply ehlo)
    {
        foreach (var line in ehlo.Lines.Skip(1))
        {
            // "AUTH=LOGIN" is how some old servers wrote it for some old programs.
            var words = line.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            _names.Add(words[0]);
            if (words[0].Equals("AUTH", StringComparison.OrdinalIgnoreCase))
                Mechanisms.UnionWith(words[1..]);
            else if (words[0].Equals("SIZE", StringComparison.OrdinalIgnoreCase) && words.Length > 1
                && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var most))
                MostBytes = most;
        }
    }

    public bool StartTls => _names.Contains("STARTTLS");

    public bool Pipelining => _names.Contains("PIPELINING");

    public bool EightBit => _names.Contains("8BITMIME");

    public bool Utf8 => _names.Contains("SMTPUTF8");

    public bool Size => _names.Contains("SIZE");

    /// <summary>0: not told.</summary>
    public long MostBytes { get; }

    /// <summary>How one may sign in.</summary>
    public HashSet<string> Mechanisms { get; } = new(StringComparer.OrdinalIgnoreCase);
}
