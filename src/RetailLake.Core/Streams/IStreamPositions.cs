namespace RetailLake.Core.Streams;

/// <summary>How far the topics of a feed are loaded; asked by the planner. Answered from <c>ops.stream_ledger</c>, whose rows commit with the loaded ones.</summary>
public interface IStreamPositions
{
    /// <returns>The next offset of each partition of which anything was loaded.</returns>
    Task<IReadOnlyDictionary<TopicPartition, long>> PositionsAsync(string contract, CancellationToken cancellationToken);

    /// <returns>When each of those partitions was loaded last, UTC.</returns>
    Task<IReadOnlyDictionary<TopicPartition, DateTimeOffset>> LastLoadsAsync(string contract, CancellationToken cancellationToken);
}
