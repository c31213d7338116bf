using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Portal.Pages.Shared;

/// <summary>One sign out of wwwroot/icons.svg. Always beside words, so it says nothing to a screen reader.</summary>
[HtmlTargetElement("icon", Attributes = "name", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class IconTagHelper(IFileVersionProvider versions) : TagHelper
{
    // The clock and the like stay as they are in right-to-left pages.
    private static readonly string[] PointAlongTheLine = ["arrow", "arrow-back", "external", "sign-in", "sign-out", "topic"];

    public string Name { get; set; } = "";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var pathBase = ViewContext.HttpContext.Request.PathBase;
        var classes = Name == "mark" ? "mark" : PointAlongTheLine.Contains(Name) ? "icon icon-flips" : "icon";
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", classes);
        output.Attributes.SetAttribute("viewBox", Name == "mark" ? "0 0 32 32" : "0 0 24 24");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Attributes.SetAttribute("focusable", "false");
        output.Content.SetHtmlContent($"<use href=\"{pathBase}{versions.AddFileVersionToPath(pathBase, "/icons.svg")}#{Name}\"/>");
    }
}
