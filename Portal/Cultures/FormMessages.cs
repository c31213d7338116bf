using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.DataAnnotations;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Portal.Cultures;

/// <summary>What forms say about a field that does not fit, in the reader's language instead of the framework's.</summary>
public sealed class FormMessages(IStringLocalizer<ErrorText> texts) : IPostConfigureOptions<MvcOptions>, IValidationMetadataProvider
{
    /// <summary>Where the framework looks up the names that <see cref="CreateValidationMetadata"/> gives to the rules.</summary>
    public static void LookUp(MvcDataAnnotationsLocalizationOptions options) =>
        options.DataAnnotationLocalizerProvider = (_, factory) => factory.Create(typeof(ErrorText));

    public void PostConfigure(string? name, MvcOptions options)
    {
        // After the framework's own provider, which finds the rules that are given words here.
        options.ModelMetadataDetailsProviders.Add(this);
        var say = options.ModelBindingMessageProvider;
        say.SetMissingBindRequiredValueAccessor(_ => texts[nameof(ErrorText.FormRequired)]);
        say.SetMissingKeyOrValueAccessor(() => texts[nameof(ErrorText.FormRequired)]);
        say.SetMissingRequestBodyRequiredValueAccessor(() => texts[nameof(ErrorText.FormRequired)]);
        say.SetValueMustNotBeNullAccessor(_ => texts[nameof(ErrorText.FormRequired)]);
        say.SetAttemptedValueIsInvalidAccessor((_, _) => texts[nameof(ErrorText.FormNotValid)]);
        say.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => texts[nameof(ErrorText.FormNotValid)]);
        say.SetUnknownValueIsInvalidAccessor(_ => texts[nameof(ErrorText.FormNotValid)]);
        say.SetNonPropertyUnknownValueIsInvalidAccessor(() => texts[nameof(ErrorText.FormNotValid)]);
        say.SetValueIsInvalidAccessor(_ => texts[nameof(ErrorText.FormNotValid)]);
        say.SetValueMustBeANumberAccessor(_ => texts[nameof(ErrorText.FormNotNumber)]);
        say.SetNonPropertyValueMustBeANumberAccessor(() => texts[nameof(ErrorText.FormNotNumber)]);
    }

    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        foreach (var rule in context.ValidationMetadata.ValidatorMetadata.OfType<ValidationAttribute>())
        {
            if (rule.ErrorMessageResourceName is not null || rule is not DataTypeAttribute && rule.ErrorMessage is not null)
                continue;
            rule.ErrorMessage = rule switch
            {
                RequiredAttribute => nameof(ErrorText.FormRequired),
                StringLengthAttribute { MinimumLength: > 0 } => nameof(ErrorText.FormLengthBetween),
                StringLengthAttribute or MaxLengthAttribute => nameof(ErrorText.FormLength),
                RangeAttribute => nameof(ErrorText.FormRange),
                EmailAddressAttribute => nameof(ErrorText.FormEmail),
                MinLengthAttribute or RegularExpressionAttribute or CompareAttribute or DataTypeAttribute => nameof(ErrorText.FormNotValid),
                _ => null,
            };
            if (rule.ErrorMessage is not null)
                continue;
            // The framework looks up names for the rules that it knows, not for others.
            rule.ErrorMessageResourceType = typeof(ErrorText);
            rule.ErrorMessageResourceName = nameof(ErrorText.FormNotValid);
        }
    }
}
