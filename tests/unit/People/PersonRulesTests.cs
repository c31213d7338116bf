using Portal.People.Profile;

namespace Tests.People;

public sealed class PersonRulesTests
{
    [Theory]
    [InlineData("nour@example.com")]
    [InlineData("n.o+tag@mail.example.co")]
    [InlineData("o'neil@xn--mgbh0fb.example")]
    public void A_plain_address_is_taken(string email) => Assert.Null(PersonRules.Email(email));

    [Theory]
    [InlineData("")]
    [InlineData("nour")]
    [InlineData("nour@")]
    [InlineData("@example.com")]
    [InlineData("nour@localhost")]
    [InlineData("nour@example..com")]
    [InlineData("nour@-example.com")]
    [InlineData("nour.@example.com")]
    [InlineData("no ur@example.com")]
    [InlineData("nour@a@example.com")]
    [InlineData("\"nour\"@example.com")]
    [InlineData("nour@example.com\r\nBcc: all@example.com")]
    [InlineData("nour\0@example.com")]
    public void What_a_mail_server_would_not_take_is_refused(string email) => Assert.NotNull(PersonRules.Email(email));

    [Fact]
    public void An_address_longer_than_its_column_is_refused() =>
        Assert.NotNull(PersonRules.Email("n@" + string.Join('.', Enumerable.Repeat(new string('a', 50), 6)) + ".com"));

    [Theory]
    [InlineData("نور الهدى")]
    [InlineData("Zoë O’Neil-Ångström")]
    [InlineData("می‌خواهم")] // a joiner that this name is written with
    public void Names_of_all_scripts_are_taken(string name) => Assert.Null(PersonRules.Name(name));

    [Theory]
    [InlineData("   ")]
    [InlineData("Nour\nBcc")]
    [InlineData("Nour\0")]
    [InlineData("Nour\u202Eruon")]
    [InlineData("Nour\u2028x")]
    public void A_name_that_breaks_or_turns_the_text_around_it_is_refused(string name) => Assert.NotNull(PersonRules.Name(name));

    [Fact]
    public void Names_passwords_languages_and_zones_have_their_limits()
    {
        Assert.Null(PersonRules.Name(new string('n', 100)));
        Assert.NotNull(PersonRules.Name(new string('n', 101)));
        Assert.Null(PasswordRules.Wrong("only words"));
        Assert.NotNull(PasswordRules.Wrong("9 letters"));
        Assert.NotNull(PasswordRules.Wrong(new string('p', 100_000)));
        Assert.Null(PersonRules.Zone("Africa/Cairo"));
        Assert.NotNull(PersonRules.Zone("Egypt Standard Time"));
        Assert.Null(PersonRules.Language("ar"));
        Assert.NotNull(PersonRules.Language("ar-SA"));
    }
}
