using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tests.Support;

namespace Tests.Cultures;

public class FormMessagesTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Theory]
    [InlineData(nameof(Form.Name), "en", "This field is required.")]
    [InlineData(nameof(Form.Name), "ar", "هذا الحقل مطلوب.")]
    [InlineData(nameof(Form.Implied), "ar", "هذا الحقل مطلوب.")]
    [InlineData(nameof(Form.Short), "en", "Use 5 characters or fewer.")]
    [InlineData(nameof(Form.Age), "ar", "يُرجى اختيار قيمة من 1 إلى 9.")]
    [InlineData(nameof(Form.Own), "ar", "own words")]
    [InlineData(nameof(Form.Pattern), "ar", "هذه القيمة غير صالحة.")]
    [InlineData(nameof(Form.Unknown), "ar", "هذه القيمة غير صالحة.")]
    public void A_rule_without_words_of_its_own_speaks_the_readers_language(string field, string language, string words)
    {
        using var speaking = new Language(language);
        var context = new ActionContext();
        app.Services.GetRequiredService<IObjectModelValidator>().Validate(context, null, "", new Form());
        Assert.Equal(words, Assert.Single(context.ModelState[field]!.Errors).ErrorMessage);
    }

    [Fact]
    public void A_value_that_cannot_be_read_is_told_in_the_readers_language()
    {
        using var arabic = new Language("ar");
        var say = app.Services.GetRequiredService<IOptions<MvcOptions>>().Value.ModelBindingMessageProvider;
        Assert.Equal("يُرجى إدخال رقم.", say.ValueMustBeANumberAccessor("Age"));
        Assert.Equal("هذه القيمة غير صالحة.", say.AttemptedValueIsInvalidAccessor("x", "Age"));
    }

    private sealed class Form
    {
        [Required]
        public string? Name { get; set; }
        public string Implied { get; set; } = null!;
        [StringLength(5)]
        public string? Short { get; set; } = "too long";
        [Range(1, 9)]
        public int? Age { get; set; } = 12;
        [Required(ErrorMessage = "own words")]
        public string? Own { get; set; }
        [RegularExpression("[a-z]*")]
        public string? Pattern { get; set; } = "9";
        [Odd]
        public string? Unknown { get; set; } = "9";
    }

    private sealed class OddAttribute : ValidationAttribute
    {
        public override bool IsValid(object? value) => false;
    }
}
