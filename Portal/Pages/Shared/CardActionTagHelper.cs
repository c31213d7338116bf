using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Portal.Pages.Shared;

/// <summary>A link, or a form around one button, from a <see cref="CardAction"/>.</summary>
[HtmlTargetElement("card-action", Attributes = "action", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class CardActionTagHelper(IAntiforgery antiforgery, IFileVersionProvider versions) : TagHelper
{
    public CardAction Action { get; set; } = null!;
    public string? Class { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.AppendHtml(Action.Post ? await FormAsync(context) : await FilledAsync(context, "a", ("href", Action.Href)));
    }

    private async Task<IHtmlContent> FormAsync(TagHelperContext context)
    {
        var form = new TagBuilder("form");
        form.Attributes["method"] = "post";
        form.Attributes["action"] = Action.Href;
        if (Action.Antiforgery)
            form.InnerHtml.AppendHtml(antiforgery.GetHtml(ViewContext.HttpContext));
        form.InnerHtml.AppendHtml(await FilledAsync(context, "button", ("type", "submit")));
        return form;
    }

    private async Task<IHtmlContent> FilledAsync(TagHelperContext context, string name, (string Name, string Value) attribute)
    {
        var tag = new TagBuilder(name);
        tag.Attributes[attribute.Name] = attribute.Value;
        tag.Attributes["class"] = Class;
        if (Action.Icon is { } icon)
        {
            var helper = new IconTagHelper(versions) { Name = icon, ViewContext = ViewContext };
            var output = new TagHelperOutput("icon", [], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
            await helper.ProcessAsync(context, output);
            tag.InnerHtml.AppendHtml(output);
        }
        tag.InnerHtml.Append(Action.Text);
        return tag;
    }
}
