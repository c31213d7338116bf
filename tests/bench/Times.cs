namespace Bench;

/// <summary>How long things took, in milliseconds.</summary>
public sealed class Times(IEnumerable<double> milliseconds)
{
    private readonly double[] _sorted = [.. milliseconds.Order()];

    public int Count => _sorted.Length;

    public double At(double share) => _sorted.Length == 0 ? 0 : _sorted[Math.Min(_sorted.Length - 1, (int)(_sorted.Length * share))];

    public override string ToString() =>
        $"median {At(0.5):0.0} ms, p99 {At(0.99):0.0} ms ({At(0.99) / At(0.5):0.0} times the median), slowest {At(1):0.0} ms";
}
