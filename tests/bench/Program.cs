namespace Bench;

/// <summary>
/// dotnet run -c Release --project tests/bench -- [booking] [join] [smtp] [mail] [reminders]
/// Real app, real Kestrel, real PostgreSQL, all on one machine: look at the ratios, not at the numbers.
/// </summary>
internal static class Measurements
{
    private static readonly string[] All = ["booking", "join", "smtp", "mail", "reminders"];

    private static async Task<int> Main(string[] args)
    {
        var wanted = args.Length > 0 ? args : All;
        if (wanted.FirstOrDefault(name => !All.Contains(name)) is { } unknown)
        {
            Console.Error.WriteLine($"There is no measurement {unknown}; there are {string.Join(", ", All)}.");
            return 2;
        }
        foreach (var name in wanted)
        {
            Console.WriteLine($"\n{name}");
            // The portal's own jobs would send and sweep beside what is measured.
            var jobs = name is not ("mail" or "reminders");
            await using var world = await World.StartAsync(jobs, name == "join" ? JoinBench.Settings : null);
            await (name switch
            {
                "booking" => BookingBench.RunAsync(world),
                "join" => JoinBench.RunAsync(world),
                "smtp" => SmtpBench.RunAsync(world),
                "mail" => MailBench.RunAsync(world),
                _ => ReminderBench.RunAsync(world),
            });
        }
        return 0;
    }
}
