using System.Globalization;
using System.Text.RegularExpressions;
using Localization;

namespace Portal.Api;

/// <summary>Instants as programs send them: with an offset, since the server's own zone is nobody's business.</summary>
internal static partial class ApiTime
{
    public static DateTimeOffset? Read(string? text) => text is { Length: < 64 } && WithOffset().IsMatch(text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public static string? Check(string? text) =>
        string.IsNullOrWhiteSpace(text) ? ErrorText.FieldMissing : Read(text) is null ? ErrorText.NotATime : null;

    [GeneratedRegex(@"^\s*\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?\s*([Zz]|[+-]\d{2}:?\d{2})\s*$")]
    private static partial Regex WithOffset();
}
