using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Portal.Pages.Shared;

/// <summary>
/// What the next page says at its top, after every change: what was done, who was told of it, and what may be done next.
/// One design and one place for all of them (_Notice.cshtml).
/// </summary>
public static class Notices
{
    public const string Key = "Notice";
    public const string ToneKey = "NoticeTone";
    public const string MoreKey = "NoticeMore";
    public const string LinkKey = "NoticeLink";

    /// <param name="next">The next page's.</param>
    /// <param name="text">What was done.</param>
    /// <param name="more">Who was told, or what happens now; null where there is nothing to add.</param>
    /// <param name="link">The next step: its words and its address.</param>
    public static void Good(this ITempDataDictionary next, string text, string? more = null, (string Text, string Href)? link = null) =>
        Set(next, "good", text, more, link);

    public static void Warn(this ITempDataDictionary next, string text) => Set(next, "warn", text, null, null);

    public static void Bad(this ITempDataDictionary next, string text) => Set(next, "bad", text, null, null);

    private static void Set(ITempDataDictionary next, string tone, string text, string? more, (string Text, string Href)? link)
    {
        (next[Key], next[ToneKey], next[MoreKey]) = (text, tone, more);
        next[LinkKey] = link is { } step ? new[] { step.Text, step.Href } : null;
    }
}
