namespace RetailLake.Local.Kafka;

/// <summary>A pause that doubles with each failure in a row, up to the longest.</summary>
internal readonly record struct Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <param name="failures">At least 1.</param>
    public TimeSpan After(int failures)
    {
        var pause = First * Math.Pow(2, Math.Min(failures - 1, 16));
        return pause < Longest ? pause : Longest;
    }
}
