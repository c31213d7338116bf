namespace Portal.Sessions;

/// <summary>What people type, as it is stored: PostgreSQL refuses a NUL, and no control character has a place in a mail.</summary>
public static class FreeText
{
    public static string OneLine(string? text) => string.Concat((text ?? "").Select(c => char.IsControl(c) ? ' ' : c)).Trim();

    public static string Lines(string? text) => string.Concat((text ?? "").Where(c => c == '\n' || !char.IsControl(c))).Trim();
}
