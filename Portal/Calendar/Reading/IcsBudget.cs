namespace Portal.Calendar.Reading;

/// <summary>
/// How much one calendar may cost, in counted work and not by a clock, so that the same text is read to the same place on
/// every machine. One for everything: lines, parameters, values, days that are looked at, and times.
/// </summary>
public sealed class IcsBudget(CancellationToken cancellationToken = default)
{
    /// <summary>Less than a second on the machines of 2026.</summary>
    public const int Max = 4_000_000;

    private const int BetweenLooks = 10_000;
    private int sinceLook;

    public int Spent { get; private set; }
    public bool IsSpent => Spent >= Max;

    /// <summary>False when there is nothing left for it.</summary>
    public bool Spend(int work)
    {
        Spent = (int)Math.Min(Max, (long)Spent + work);
        sinceLook += work;
        if (sinceLook >= BetweenLooks)
        {
            sinceLook = 0;
            cancellationToken.ThrowIfCancellationRequested();
        }
        return Spent < Max;
    }
}
