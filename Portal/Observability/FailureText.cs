using System.Text;

namespace Portal.Observability;

/// <summary>
/// A failure for the log: what kind it was and where. Its message may quote what somebody sent, so it is cut, and stands on one line:
/// nobody writes lines of their own into the log, or marks that a terminal obeys.
/// </summary>
public static class FailureText
{
    private const int MaxMessage = 300;

    public static string Of(Exception failure)
    {
        var text = new StringBuilder();
        for (var e = failure; e is not null; e = e.InnerException)
            text.Append(text.Length > 0 ? "\n caused by " : "").Append(e.GetType().FullName).Append(": ").Append(Clean(e.Message))
                .Append('\n').Append(e.StackTrace);
        return text.ToString();
    }

    public static string Clean(string message)
    {
        var text = string.Concat(message.Take(MaxMessage).Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));
        return message.Length > MaxMessage ? text + " …" : text;
    }
}
