using System.Globalization;
using RetailLake.Core.Warehouse;
using RetailLake.Local.Demo.Pos;

namespace RetailLake.Local.Demonstration;

/// <summary>
/// How long a bill takes from the till to the first query that finds it, measured from outside: the warehouse is asked again and again how far it is, and every
/// record that is new since the last answer counts from when the till sent it.
/// </summary>
internal sealed class LatencyWatch(IWarehouse warehouse, string contract, Tills tills, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly List<(long SentAt, int Milliseconds)> seen = [];
    private readonly TillProgress progress = new(tills);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await LookAsync(cancellationToken);
            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    /// <summary>Whether everything that the tills sent is in the warehouse, as of the last look.</summary>
    public bool IsAllLoaded => progress.IsAllLoaded;

    /// <param name="lastHalf">Only of records sent in the second half of the time: what a process needs to get warm is over then.</param>
    public Latency Result(bool lastHalf)
    {
        lock (seen)
        {
            var half = seen.Count == 0 ? 0 : (seen.Min(record => record.SentAt) + seen.Max(record => record.SentAt)) / 2;
            var milliseconds = seen.Where(record => !lastHalf || record.SentAt >= half).Select(record => record.Milliseconds).Order().ToList();
            return new(milliseconds.Count, At(milliseconds, 0.5), At(milliseconds, 0.95), At(milliseconds, 0.99), At(milliseconds, 1));
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var positions = await warehouse.QueryAsync($"SELECT \"partition\", next_offset FROM ops.stream_position WHERE contract = {warehouse.Dialect.Text(contract)} AND topic = {warehouse.Dialect.Text(Tills.Topic)}", cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var position in positions)
        {
            var arrived = progress.Advance(Convert.ToInt32(position[0], CultureInfo.InvariantCulture), Convert.ToInt64(position[1], CultureInfo.InvariantCulture));
            lock (seen)
            {
                seen.AddRange(arrived.Select(sent => (sent, (int)(now - sent))));
            }
        }
    }

    private static TimeSpan At(List<int> milliseconds, double share) => milliseconds.Count == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(milliseconds[(int)Math.Min(milliseconds.Count - 1, share * milliseconds.Count)]);
}

/// <summary>From the till to a query that finds the record.</summary>
public sealed record Latency(long Records, TimeSpan P50, TimeSpan P95, TimeSpan P99, TimeSpan Longest);
