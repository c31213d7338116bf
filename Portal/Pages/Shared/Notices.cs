using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Portal.Pages.Shared;

/// <summary>What the next page says at its top.</summary>
public static class Notices
{
    public const string Key = "Notice";
    public const string ToneKey = "NoticeTone";

    public static void Good(this ITempDataDictionary next, string text) => Set(next, text, "good");

    public static void Warn(this ITempDataDictionary next, string text) => Set(next, text, "warn");

    public static void Bad(this ITempDataDictionary next, string text) => Set(next, text, "bad");

    private static void Set(ITempDataDictionary next, string text, string tone) => (next[Key], next[ToneKey]) = (text, tone);
}
