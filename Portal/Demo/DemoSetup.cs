using Microsoft.Extensions.Options;
using Portal.Mail.Delivery;
using Portal.Settings;

namespace Portal.Demo;

public static class DemoSetup
{
    public static IServiceCollection AddPortalDemo(this IServiceCollection services) => services.AddScoped<DemoData>();

    /// <summary>Only in Development: makes the demo data, and says on the console how to try the portal.</summary>
    public static async Task UsePortalDemoAsync(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
            return;
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DemoData>().EnsureAsync();
        app.Lifetime.ApplicationStarted.Register(() => Console.Out.WriteLine($"""

            {app.Services.GetRequiredService<IOptions<PortalOptions>>().Value.Name} is running.
              Address    {app.Services.GetRequiredService<PublicAddress>().Base}
              Accounts   {string.Join("\n             ", DemoData.People.Select(p => $"{p.Email,-22} {p.Role ?? "mentee",-8} {p.Language}"))}
              Password   {DemoData.Password}
              Emails     {(app.Services.GetRequiredService<IMailSender>() as PickupMailSender)?.Folder}
                         (each email of a session holds a join link; some can be joined now)
              Stop       Ctrl+C

            """));
    }
}
