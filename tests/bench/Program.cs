namespace Bench;

/// <summary>
/// dotnet run -c Release --project tests/bench -- [booking] [join]
/// Real app, real Kestrel, real PostgreSQL, all on one machine: look at the ratios, not at the numbers.
/// </summary>
internal static class Measurements
{
    private static async Task<int> Main(string[] args)
    {
        var wanted = args.Length > 0 ? args : ["booking", "join"];
        if (wanted.FirstOrDefault(name => name is not ("booking" or "join")) is { } unknown)
        {
            Console.Error.WriteLine($"There is no measurement {unknown}; there are booking and join.");
            return 2;
        }
        await using var world = await World.StartAsync();
        foreach (var name in wanted)
        {
            Console.WriteLine($"\n{name}");
            await (name == "booking" ? BookingBench.RunAsync(world) : JoinBench.RunAsync(world));
        }
        return 0;
    }
}
