using System.ComponentModel.DataAnnotations;
using Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.Extensions.Options;

namespace Portal.Cultures;

/// <summary>What forms say about a field that does not fit, in the reader's language instead of the framework's.</summary>
public sealed class FormMessages : IPostConfigureOptions<MvcOptions>, IValidationMetadataProvider
{
    public void PostConfigure(string? name, MvcOptions options)
    {
        // After the framework's own provider, which finds the rules that are given words here.
        options.ModelMetadataDetailsProviders.Add(this);
        var say = options.ModelBindingMessageProvider;
        say.SetMissingBindRequiredValueAccessor(_ => ErrorText.FormRequired);
        say.SetMissingKeyOrValueAccessor(() => ErrorText.FormRequired);
        say.SetMissingRequestBodyRequiredValueAccessor(() => ErrorText.FormRequired);
        say.SetValueMustNotBeNullAccessor(_ => ErrorText.FormRequired);
        say.SetAttemptedValueIsInvalidAccessor((_, _) => ErrorText.FormNotValid);
        say.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => ErrorText.FormNotValid);
        say.SetUnknownValueIsInvalidAccessor(_ => ErrorText.FormNotValid);
        say.SetNonPropertyUnknownValueIsInvalidAccessor(() => ErrorText.FormNotValid);
        say.SetValueIsInvalidAccessor(_ => ErrorText.FormNotValid);
        say.SetValueMustBeANumberAccessor(_ => ErrorText.FormNotNumber);
        say.SetNonPropertyValueMustBeANumberAccessor(() => ErrorText.FormNotNumber);
    }

    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        foreach (var rule in context.ValidationMetadata.ValidatorMetadata.OfType<ValidationAttribute>())
        {
            if (rule.ErrorMessageResourceName is not null || rule is not DataTypeAttribute && rule.ErrorMessage is not null)
                continue;
            rule.ErrorMessage = null;
            rule.ErrorMessageResourceType = typeof(ErrorText);
            rule.ErrorMessageResourceName = rule switch
            {
                RequiredAttribute => nameof(ErrorText.FormRequired),
                StringLengthAttribute { MinimumLength: > 0 } => nameof(ErrorText.FormLengthBetween),
                StringLengthAttribute or MaxLengthAttribute => nameof(ErrorText.FormLength),
                RangeAttribute => nameof(ErrorText.FormRange),
                EmailAddressAttribute => nameof(ErrorText.FormEmail),
                _ => nameof(ErrorText.FormNotValid),
            };
        }
    }
}
