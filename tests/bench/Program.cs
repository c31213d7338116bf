namespace Bench;

/// <summary>
/// dotnet run -c Release --project tests/bench -- [booking] [join] [smtp]
/// Real app, real Kestrel, real PostgreSQL, all on one machine: look at the ratios, not at the numbers.
/// </summary>
internal static class Measurements
{
    private static async Task<int> Main(string[] args)
    {
        var wanted = args.Length > 0 ? args : ["booking", "join", "smtp"];
        if (wanted.FirstOrDefault(name => name is not ("booking" or "join" or "smtp")) is { } unknown)
        {
            Console.Error.WriteLine($"There is no measurement {unknown}; there are booking, join and smtp.");
            return 2;
        }
        await using var world = await World.StartAsync();
        foreach (var name in wanted)
        {
            Console.WriteLine($"\n{name}");
            await (name switch
            {
                "booking" => BookingBench.RunAsync(world),
                "join" => JoinBench.RunAsync(world),
                _ => SmtpBench.RunAsync(world),
            });
        }
        return 0;
    }
}
