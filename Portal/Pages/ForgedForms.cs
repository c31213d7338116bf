using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using Portal.Security;

namespace Portal.Pages;

/// <summary>Notes forms that came without this browser's token: somebody else's page may have sent them.</summary>
public sealed class ForgedForms : IAsyncAlwaysRunResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Result is IAntiforgeryValidationFailedResult)
            await Refusals.NoteAsync(context.HttpContext, StatusCodes.Status400BadRequest);
        await next();
    }
}
