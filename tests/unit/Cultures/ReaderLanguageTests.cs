using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Routing;
using Portal.Cultures;

namespace Tests.Cultures;

public class ReaderLanguageTests
{
    [Theory]
    [InlineData("ar", null, "ar")]
    [InlineData("ar", "en", "en")]
    [InlineData("ar", "nonsense", "ar")]
    [InlineData("ar-SA", null, "en")]
    [InlineData(null, null, "en")]
    public async Task A_page_is_written_in_its_readers_language_unless_the_browser_was_told_another(
        string? reader, string? chosen, string written)
    {
        using var english = new Support.Language("en");
        var http = new DefaultHttpContext();
        http.Items[ReaderLanguage.Item] = reader;
        if (chosen is not null)
            http.Request.Headers.Cookie = $"{RequestLanguage.CookieName}={chosen}";
        var action = new ActionContext(http, new RouteData(), new ActionDescriptor());
        string? seen = null;

        await new ReaderLanguage().OnResultExecutionAsync(new ResultExecutingContext(action, [], new EmptyResult(), this), () =>
        {
            seen = CultureInfo.CurrentUICulture.Name;
            return Task.FromResult(new ResultExecutedContext(action, [], new EmptyResult(), this));
        });

        Assert.Equal(written, seen);
    }
}
