namespace RetailLake.Core.Runs;

/// <summary>Executions are named <c>feed-compactTick</c>, the Nth of one moment <c>feed-compactTick-N</c>, a rerun <c>…-rN</c>; a feed's name never holds a '-'.</summary>
public static class ExecutionName
{
    public static bool IsOf(string feed, string execution)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(execution);
        return execution.Length > feed.Length && execution.StartsWith(feed, StringComparison.Ordinal) && execution[feed.Length] == '-';
    }
}
