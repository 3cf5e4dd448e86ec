using System.Text.Json.Nodes;
using RetailLake.Local.Demo.Pos;

namespace RetailLake.Bench;

/// <summary>Asks the warehouse again and again how far it is; what is new since the last answer counts from when its till sent it.</summary>
internal sealed class SustainedWatch(Tills tills, Func<Task<JsonArray?>> positions)
{
    private readonly TillProgress progress = new(tills);

    /// <summary>Since it was last cleared.</summary>
    public LatencyHistogram Minute { get; } = new();

    public bool IsAllLoaded => progress.IsAllLoaded;

    public async Task LookAsync()
    {
        foreach (var position in await positions() ?? [])
        {
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (var sent in progress.Advance(position!["p"]!.GetValue<int>(), position["n"]!.GetValue<long>()))
            {
                Minute.Add(now - sent);
            }
        }
    }
}
