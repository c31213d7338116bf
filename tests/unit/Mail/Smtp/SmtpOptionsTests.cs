using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Portal.Mail.Delivery;
using Portal.Mail.Smtp;

namespace Tests.Mail.Smtp;

public sealed class SmtpOptionsTests
{
    [Theory]
    [InlineData("", SmtpSecurity.StartTls, "", "", "", "Host is not set")]
    [InlineData("a b", SmtpSecurity.StartTls, "", "", "", "not the name of a server")]
    [InlineData("smtp.example.org", SmtpSecurity.StartTls, "me", "", "", "neither")]
    [InlineData("smtp.example.org", SmtpSecurity.StartTls, "", "secret", "", "User is not")]
    [InlineData("smtp.example.org", SmtpSecurity.StartTls, "", "", "secret", "User is not")]
    [InlineData("smtp.example.org", SmtpSecurity.StartTls, "me", "secret", "secret", "choose one")]
    [InlineData("smtp.example.org", SmtpSecurity.StartTls, "me", "secret\r\nQUIT", "", "control character")]
    [InlineData("smtp.example.org", SmtpSecurity.None, "me", "secret", "", "in the clear")]
    [InlineData("192.0.2.1", SmtpSecurity.None, "me", "", "secret", "in the clear")]
    [InlineData("127.0.0.1", SmtpSecurity.None, "me", "secret", "", null)]
    [InlineData("::1", SmtpSecurity.None, "me", "secret", "", null)]
    [InlineData("localhost", SmtpSecurity.None, "me", "secret", "", null)]
    [InlineData("smtp.example.org", SmtpSecurity.None, "", "", "", "Mail:Smtp:AllowUnencrypted")]
    [InlineData("localhost", SmtpSecurity.None, "", "", "", null)]
    [InlineData("smtp.example.org", SmtpSecurity.Tls, "me", "", "secret", null)]
    public void What_cannot_work_stops_the_start(
        string host, SmtpSecurity security, string user, string password, string token, string? told)
    {
        var options = new SmtpOptions { Host = host, Security = security, User = user, Password = password, OAuthToken = token };
        var result = Validator(MailTransport.Smtp).Validate(null, options);
        Assert.Equal(told is null, result.Succeeded);
        if (told is not null)
        {
            Assert.Contains(told, result.FailureMessage);
            Assert.DoesNotContain("secret", result.FailureMessage);
        }
        Assert.True(Validator(MailTransport.Pickup).Validate(null, options).Succeeded);
    }

    [Theory]
    [InlineData(SmtpSecurity.None, 25)]
    [InlineData(SmtpSecurity.StartTls, 587)]
    [InlineData(SmtpSecurity.Tls, 465)]
    public void The_port_goes_with_the_encryption(SmtpSecurity security, int port)
    {
        Assert.Equal(port, new SmtpOptions { Security = security }.EffectivePort());
        Assert.Equal(2525, new SmtpOptions { Security = security, Port = 2525 }.EffectivePort());
    }

    [Theory]
    [InlineData("Development", false, true)]
    [InlineData("Production", false, false)]
    [InlineData("Production", true, true)]
    public void Mails_go_elsewhere_in_the_clear_only_where_a_setting_says_so(string environment, bool allowed, bool starts) =>
        Assert.Equal(starts, Validator(MailTransport.Smtp, environment).Validate(null,
            new() { Host = "smtp.example.org", Security = SmtpSecurity.None, AllowUnencrypted = allowed }).Succeeded);

    private static SmtpOptionsValidator Validator(MailTransport transport, string environment = "Production") =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new("Mail:Transport", $"{transport}")]).Build(),
            new HostingEnvironment { EnvironmentName = environment });
}
