using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Portal.Pages.Shared;

/// <summary>Browsers complain about fields in their own language and words; ours come from the portal, in the reader's.</summary>
[HtmlTargetElement("form")]
public sealed class FormTagHelper : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        output.Attributes.SetAttribute(new TagHelperAttribute("novalidate"));
}
