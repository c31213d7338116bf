using Localization;
using Portal.Pages.Shared;
using Tests.Support;

namespace Tests.Pages;

public class SummaryLineTests
{
    [Theory]
    [InlineData("en", "Name", nameof(ErrorText.FormRequired), "Name: This field is required.")]
    [InlineData("en", "How was it?", nameof(ErrorText.FormRequired), "How was it: This field is required.")]
    [InlineData("en", "Topic", nameof(ErrorText.FieldTooLong), "Topic: Use 12 characters or fewer.")]
    [InlineData("en", "Topic", nameof(ErrorText.BookTopicMissing), "Please enter a topic.")]
    [InlineData("en", null, nameof(ErrorText.FormRequired), "This field is required.")]
    [InlineData("ar", "الاسم", nameof(ErrorText.FormRequired), "الاسم: هذا الحقل مطلوب.")]
    [InlineData("ar", "موضوع الجلسة", nameof(ErrorText.BookTopicMissing), "يُرجى إدخال موضوع الجلسة.")]
    public void A_message_is_led_by_its_field_where_it_does_not_name_it(string language, string? field, string message, string line)
    {
        using var _ = new Language(language);
        Assert.Equal(line, SummaryLine.Of(field, ErrorText.ResourceManager.GetString(message)!.With(12)));
    }
}
