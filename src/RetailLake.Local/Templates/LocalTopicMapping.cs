namespace RetailLake.Local.Templates;

/// <summary>A Kafka event source mapping: batches of a topic's records are given to a function.</summary>
/// <param name="FromLatest">Where a partition begins of which nothing landed yet: behind what is there. Otherwise at its oldest record.</param>
/// <param name="ReportsItems">The function's answer names the partitions that come again; otherwise a batch succeeds or fails whole.</param>
/// <param name="Bisects">A batch that the function threw at comes again in halves.</param>
/// <param name="MaximumRetries">−1: for ever, or ten times when there is a place for what failed, as on AWS.</param>
/// <param name="KeepsFailures">Batches that failed too often are written to the lake's bucket; the mapping then goes on behind them.</param>
public sealed record LocalTopicMapping(
    string Name, string FunctionArn, string ClusterArn, IReadOnlyList<string> Topics, bool FromLatest, int BatchSize, TimeSpan Window,
    bool ReportsItems, bool Bisects, int MaximumRetries, bool KeepsFailures, string Where)
{
    private const int RetriesBeforeADestination = 10;

    /// <summary>Null: no end.</summary>
    public int? Retries => MaximumRetries >= 0 ? MaximumRetries : KeepsFailures ? RetriesBeforeADestination : null;
}
