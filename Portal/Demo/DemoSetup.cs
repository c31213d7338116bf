using Microsoft.Extensions.Options;
using Portal.Mail.Delivery;
using Portal.Settings;

namespace Portal.Demo;

public static class DemoSetup
{
    public static IServiceCollection AddPortalDemo(this IServiceCollection services) => services.AddScoped<DemoData>().AddScoped<DemoEnd>();

    /// <summary>In Development: makes demo data and says on the console how to try the portal. Elsewhere: ends the demo people.</summary>
    public static async Task UsePortalDemoAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        if (!app.Environment.IsDevelopment())
        {
            await scope.ServiceProvider.GetRequiredService<DemoEnd>().EndAsync(CancellationToken.None);
            return;
        }
        if (!await scope.ServiceProvider.GetRequiredService<DemoData>().EnsureAsync())
        {
            await Console.Out.WriteLineAsync("No demo people were made: this database has people of its own.");
            return;
        }
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
