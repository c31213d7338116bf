using System.Reflection;
using Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Portal.Pages.Shared;
using Portal.People;
using Portal.People.SignIn;

namespace Portal.Pages.Account;

/// <summary>What was sent, to be sent again with the proof: nothing of it is lost.</summary>
public sealed record ProofView(string Action, IReadOnlyList<KeyValuePair<string, string>> Sent, bool PasswordOnly)
{
    public const string Password = "ProofPassword";
    public const string Passkey = "ProofCredential";
}

/// <summary>
/// Asks for a <see cref="RecentProof"/> before a handler that says so (<see cref="NeedsProofAttribute"/>), in place of its page. The
/// proof comes with the same form to the same handler, which then runs as if nothing had been asked.
/// </summary>
public sealed class ProofFilter(RecentProof proof, IModelMetadataProvider metadata, ITempDataDictionaryFactory tempData) : IAsyncPageFilter
{
    private const string Page = "/Pages/Account/_Proof.cshtml";

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (context.HandlerMethod?.MethodInfo.GetCustomAttribute<NeedsProofAttribute>() is not { } asks || http.User.UserId() is not { } me)
        {
            await next();
            return;
        }
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var wrong = await WrongAsync(http, me, form, asks.ByPassword);
        if (wrong is "")
            await next();
        else
            context.Result = Ask(http, form, wrong, asks.ByPassword);
    }

    /// <summary>Empty where it is proven; null where nothing was shown yet.</summary>
    private async Task<string?> WrongAsync(HttpContext http, Guid me, IFormCollection form, bool byPassword)
    {
        var device = http.User.DeviceId();
        if (!byPassword && form[ProofView.Passkey].ToString() is { Length: > 0 } credential)
            return await proof.ByPasskeyAsync(me, device, credential, http.RequestAborted) ? "" : ErrorText.PasskeyRefused;
        if (form.ContainsKey(ProofView.Password))
        {
            var answer = await proof.ByPasswordAsync(me, device, form[ProofView.Password], http.RequestAborted);
            return answer.User is not null ? "" : answer.Refusal(ErrorText.PasswordWrong);
        }
        return !byPassword && await proof.IsThereAsync(me, device, http.RequestAborted) ? "" : null;
    }

    private ViewResult Ask(HttpContext http, IFormCollection form, string? wrong, bool byPassword)
    {
        var sent = form.Where(f => f.Key is not (ProofView.Password or ProofView.Passkey or "__RequestVerificationToken"))
            .SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? ""))).ToList();
        var state = new ModelStateDictionary();
        if (wrong is not null)
            state.AddModelError(ProofView.Password, wrong);
        http.Response.Headers.CacheControl = "no-store"; // what was sent stands in it
        return new()
        {
            ViewName = Page,
            StatusCode = wrong is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest,
            ViewData = new ViewDataDictionary<ProofView>(metadata, state)
            {
                Model = new(http.Request.PathBase + http.Request.Path + http.Request.QueryString, sent, byPassword),
            },
            TempData = tempData.GetTempData(http),
        };
    }
}
