namespace Portal.People.SignIn;

/// <summary>How often something may go wrong before one has to wait, and how long then.</summary>
public static class GuessRules
{
    /// <summary>Wrong passwords for one account from one network, or from one browser that was signed in before.</summary>
    public const int FreeAtOneDoor = 5;

    /// <summary>For one account from all networks that it was never signed in from: many addresses are no way round the first.</summary>
    public const int FreeForAccount = 50;

    /// <summary>From one network for all accounts.</summary>
    public const int FreeFromNetwork = 100;

    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>In which all of the free tries come back, one after another.</summary>
    public static readonly TimeSpan ComesBackIn = TimeSpan.FromDays(1);

    /// <summary>A minute after the last free try, twice as long after each further one.</summary>
    public static TimeSpan WaitAfter(double failures, int free) => failures < free ? TimeSpan.Zero
        : TimeSpan.FromMinutes(Math.Min(LongestWait.TotalMinutes, Math.Pow(2, Math.Round(failures - free))));

    /// <summary>What is left of so many failures after some time without one.</summary>
    public static double LeftOf(double failures, int free, TimeSpan since) =>
        Math.Max(0, failures - free * Math.Max(0, since / ComesBackIn));
}
