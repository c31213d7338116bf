using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal;
using Portal.Settings;
using Tests.Support;

namespace Tests.Settings;

public sealed class OptionsSetupTests(PortalApp app) : IClassFixture<PortalApp>
{
    public static TheoryData<Type> Sections => [.. typeof(PortalOptions).Assembly.GetTypes()
        .Where(t => t.GetField("Section", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true }
            && t.Name.EndsWith("Options", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(Sections))]
    public void Every_section_is_bound_and_checked(Type options)
    {
        Assert.NotEmpty(app.Services.GetServices(typeof(IConfigureOptions<>).MakeGenericType(options)));
        Assert.NotEmpty(app.Services.GetServices(typeof(IValidateOptions<>).MakeGenericType(options)));
    }

    [Fact]
    public async Task A_start_with_errors_in_many_sections_names_them_all()
    {
        string[] wrong =
        [
            "Portal:Name=", "Mail:PerMinute=-1", "Mail:Smtp:Connections=0", "Join:GraceMinutes=999", "Booking:MaxGuests=-1",
            "RateLimits:JoinPerMinute=0", "Plugins:CallTimeoutSeconds=0", "Retention:MailDays=-1", "Reminders:MinutesBefore:0=0",
            "Jobs:Outbox=never", "Observability:OtlpEndpoint=here",
        ];
        var (before, said) = (Console.Error, new StringWriter());
        Console.SetError(TextWriter.Synchronized(said));
        try
        {
            var all = wrong.Prepend("ConnectionStrings:Portal=Host=nowhere.example");
            Assert.Equal(1, await PortalStart.RunAsync([.. all.Select(w => "--" + w)]));
        }
        finally
        {
            Console.SetError(before);
        }
        Assert.All(wrong, w => Assert.Contains(w[..w.IndexOf('=')].Split(':').Last(part => !char.IsDigit(part[0])), said.ToString()));
    }
}
