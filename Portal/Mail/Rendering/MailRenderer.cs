using System.Globalization;
using Localization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Portal.Mail.Rendering;

public sealed record RenderedMail(string Subject, string Html, string Text);

/// <summary>Draws a mail in its reader's language.</summary>
public sealed class MailRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    public async Task<RenderedMail> RenderAsync(MailModel mail, MailContext context)
    {
        if (!Languages.Exists(context.Language) && context.Language != Languages.Pseudo)
            throw new MailCompositionException(Said.Of(nameof(SaidText.Languages)));

        // One renderer a mail: it keeps what it has drawn until it is disposed.
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(context.Language);
            try
            {
                var html = await renderer.RenderComponentAsync(mail.Html(), ParameterView.FromDictionary(new Dictionary<string, object?>
                {
                    ["Mail"] = mail,
                    ["Context"] = context,
                }));
                return new RenderedMail(mail.Subject(context), html.ToHtmlString(), mail.Text(context));
            }
            finally
            {
                (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
            }
        });
    }
}
