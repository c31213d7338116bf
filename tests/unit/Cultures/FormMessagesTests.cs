using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tests.Support;

namespace Tests.Cultures;

public class FormMessagesTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Theory]
    [InlineData(nameof(Form.Name), "en", "Please fill this in.")]
    [InlineData(nameof(Form.Name), "ar", "يُرجى ملء هذا الحقل.")]
    [InlineData(nameof(Form.Implied), "ar", "يُرجى ملء هذا الحقل.")]
    [InlineData(nameof(Form.Short), "en", "At most 5 characters fit here.")]
    [InlineData(nameof(Form.Age), "ar", "يُرجى اختيار قيمة من 1 إلى 9.")]
    [InlineData(nameof(Form.Own), "ar", "own words")]
    public void A_rule_without_words_of_its_own_speaks_the_readers_language(string field, string language, string words)
    {
        using var speaking = new Language(language);
        var rules = app.Services.GetRequiredService<IModelMetadataProvider>().GetMetadataForType(typeof(Form)).Properties[field]!
            .ValidatorMetadata.OfType<ValidationAttribute>().ToList();
        Assert.Equal(words, Assert.Single(rules).FormatErrorMessage(field));
    }

    [Fact]
    public void A_value_that_cannot_be_read_is_told_in_the_readers_language()
    {
        using var arabic = new Language("ar");
        var say = app.Services.GetRequiredService<IOptions<MvcOptions>>().Value.ModelBindingMessageProvider;
        Assert.Equal("يُرجى كتابة رقم.", say.ValueMustBeANumberAccessor("Age"));
        Assert.Equal("هذه القيمة غير مناسبة هنا.", say.AttemptedValueIsInvalidAccessor("x", "Age"));
    }

    private sealed class Form
    {
        [Required]
        public string? Name { get; set; }
        public string Implied { get; set; } = "";
        [StringLength(5)]
        public string? Short { get; set; }
        [Range(1, 9)]
        public int? Age { get; set; }
        [Required(ErrorMessage = "own words")]
        public string? Own { get; set; }
    }
}
