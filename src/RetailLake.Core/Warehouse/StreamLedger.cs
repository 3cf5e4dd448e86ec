using RetailLake.Core.Runs;
using RetailLake.Core.Streams;
using static RetailLake.Core.Warehouse.Answer;

namespace RetailLake.Core.Warehouse;

/// <summary>Reads <c>ops.stream_ledger</c>: one row for each load and partition of a topic.</summary>
public sealed class StreamLedger(IWarehouse warehouse) : IStreamPositions
{
    public async Task<IReadOnlyDictionary<TopicPartition, long>> PositionsAsync(string contract, CancellationToken cancellationToken) =>
        (await warehouse.QueryAsync(StreamEntries.Positions(warehouse.Dialect, contract), cancellationToken))
            .ToDictionary(row => new TopicPartition((string)row[0]!, (int)Whole(row[1])), row => Whole(row[2]));

    public async Task<IReadOnlyDictionary<TopicPartition, DateTimeOffset>> LastLoadsAsync(string contract, CancellationToken cancellationToken)
    {
        var sql = warehouse.Dialect;
        var rows = await warehouse.QueryAsync(
            $"SELECT topic, \"partition\", MAX(loaded_at) FROM {sql.OpsTable(OpsTables.Streams)} WHERE contract = {sql.Text(contract)} GROUP BY topic, \"partition\"", cancellationToken);
        return rows.ToDictionary(row => new TopicPartition((string)row[0]!, (int)Whole(row[1])), row => Utc(row[2]));
    }

    /// <summary>Whether another load has moved a position that this plan starts from.</summary>
    internal async Task<bool> IsOvertakenAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        var positions = await PositionsAsync(plan.Contract, cancellationToken);
        return plan.Partitions.Any(part => positions.GetValueOrDefault(part.Of, PlanPartition.Nowhere) != (part.Position ?? PlanPartition.Nowhere));
    }
}
