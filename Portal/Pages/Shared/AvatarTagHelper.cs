using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Portal.Pages.Shared;

/// <summary>A person's picture, or the first letters of the name in a circle. Decoration: the name stands beside it.</summary>
[HtmlTargetElement("avatar", Attributes = "name", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class AvatarTagHelper : TagHelper
{
    public string Name { get; set; } = "";
    public string? Picture { get; set; }
    public bool Small { get; set; }
    public bool Large { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.SetAttribute("class", "avatar" + (Small ? " avatar-small" : Large ? " avatar-large" : "") + " face-" + Hue(Name));
        if (Picture is { Length: > 0 })
        {
            output.TagName = "img";
            output.TagMode = TagMode.StartTagOnly;
            output.Attributes.SetAttribute("src", Picture);
            output.Attributes.SetAttribute("alt", "");
            return;
        }
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetContent(Initials(Name));
    }

    /// <summary>One of six, always the same for the same name (FNV-1a; the framework's own hash differs from start to start).</summary>
    private static char Hue(string name) => (char)('a' + (name.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u) >> 8) % 6);

    /// <summary>Two letters of a Latin name; one of an Arabic one, for two would join into something that is no word.</summary>
    private static string Initials(string name)
    {
        var words = GivenName.Untitled(name);
        if (words.Length == 0)
            return "?";
        var first = StringInfo.GetNextTextElement(words[0]);
        if (words.Length == 1 || first[0] >= '\u0590')
            return first.ToUpperInvariant();
        return (first + StringInfo.GetNextTextElement(words[^1])).ToUpperInvariant();
    }
}
