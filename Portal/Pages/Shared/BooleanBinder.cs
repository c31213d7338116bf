using Localization;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Portal.Pages.Shared;

/// <summary>
/// Binds every yes or no of forms and addresses. What is neither is an error beside the field, and is not kept: a checkbox that was drawn
/// again with it would be a page that fails.
/// </summary>
public sealed class BooleanBinder : IModelBinder, IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        Nullable.GetUnderlyingType(context.Metadata.ModelType) == typeof(bool) || context.Metadata.ModelType == typeof(bool) ? this : null;

    public Task BindModelAsync(ModelBindingContext context)
    {
        var sent = context.ValueProvider.GetValue(context.ModelName);
        if (sent == ValueProviderResult.None || sent.FirstValue is "")
            return Task.CompletedTask;
        // Behind a checkbox stands a hidden "false", so that one that is not ticked is sent as well: the first of two counts.
        var read = Read(sent.FirstValue);
        if (read is { } value)
        {
            context.ModelState.SetModelValue(context.ModelName, value, value ? "true" : "false");
            context.Result = ModelBindingResult.Success(value);
            return Task.CompletedTask;
        }
        context.ModelState.SetModelValue(context.ModelName, null, null);
        context.ModelState.TryAddModelError(context.ModelName, ErrorText.FormNotValid);
        context.Result = ModelBindingResult.Failed();
        return Task.CompletedTask;
    }

    /// <summary>Null for what is neither.</summary>
    public static bool? Read(string? text) =>
        bool.TryParse(text, out var value) ? value : text is "on" ? true : null;
}
