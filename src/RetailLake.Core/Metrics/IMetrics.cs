namespace RetailLake.Core.Metrics;

/// <summary>Where figures about runs go. Figures only: nothing that came out of a row, a file name or a key.</summary>
public interface IMetrics
{
    /// <param name="feed">The contract's id, <c>source.feed</c>.</param>
    void Put(string feed, IReadOnlyList<Measurement> measurements);
}

/// <param name="Unit">As CloudWatch spells it: <c>Count</c>, <c>Seconds</c>.</param>
public readonly record struct Measurement(string Name, double Value, string Unit)
{
    public static Measurement Count(string name, double value) => new(name, value, nameof(Count));

    public static Measurement Seconds(string name, TimeSpan value) => new(name, value.TotalSeconds, nameof(Seconds));
}
