using Microsoft.AspNetCore.Components;

namespace Portal.Mail.Rendering;

/// <summary>What every mail's HTML is given.</summary>
public abstract class MailHtml<TMail> : ComponentBase where TMail : MailModel
{
    [Parameter, EditorRequired]
    public TMail Mail { get; set; } = null!;

    [Parameter, EditorRequired]
    public MailContext Context { get; set; } = null!;
}
