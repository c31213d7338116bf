using System.Text.RegularExpressions;

namespace Tests.Cultures;

internal static partial class Tokens
{
    /// <summary>The antiforgery token of a page's first form; the sign-in page is opened signed in as well.</summary>
    public static async Task<string> TokenAsync(this HttpClient client, string page)
    {
        using var answer = await client.GetAsync(page);
        var html = await answer.Content.ReadAsStringAsync();
        if (!Pattern().IsMatch(html)) // signed in already, and led on
            html = await client.GetStringAsync("/account/profile");
        return Pattern().Match(html).Groups[1].Value;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Pattern();
}
