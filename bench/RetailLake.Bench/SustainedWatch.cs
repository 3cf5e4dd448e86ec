using System.Text.Json.Nodes;
using RetailLake.Local.Demo.Pos;

namespace RetailLake.Bench;

/// <summary>Asks the warehouse again and again how far it is; what is new since the last answer counts from when its till sent it.</summary>
internal sealed class SustainedWatch(Tills tills, Func<Task<JsonArray?>> positions)
{
    private readonly long[] next = new long[Tills.Partitions];

    /// <summary>Since it was last cleared.</summary>
    public LatencyHistogram Minute { get; } = new();

    public bool IsAllLoaded => Enumerable.Range(0, Tills.Partitions).All(partition => next[partition] == tills.EndOf(partition));

    public async Task LookAsync()
    {
        foreach (var position in await positions() ?? [])
        {
            var (partition, end) = (position!["p"]!.GetValue<int>(), position["n"]!.GetValue<long>());
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            for (; next[partition] < end; next[partition]++)
            {
                Minute.Add(now - tills.SentAt(partition, next[partition]));
            }
        }
    }
}
