using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Streams;
using RetailLake.Core.Warehouse;
using RetailLake.Local.Kafka;

namespace RetailLake.Local.Running;

/// <summary>How far each topic is: with the broker, in landing, in the warehouse.</summary>
public sealed class StreamReports(ILake lake, IWarehouse warehouse, ContractCatalog contracts, Func<StreamHost?> streams)
{
    /// <param name="feed">Source or contract; null: all.</param>
    public async Task<IReadOnlyList<StreamReport>> ListAsync(string? feed, CancellationToken cancellationToken)
    {
        var topics = StreamTopic.Of(contracts.All).Where(topic => feed is null || topic.Source == feed || topic.Contract == feed.Replace('/', '.')).ToList();
        var read = (streams()?.Partitions ?? []).ToDictionary(status => status.Of);
        var loaded = await LoadedAsync(cancellationToken);
        List<StreamReport> reports = [];
        foreach (var topic in topics)
        {
            var landed = await LandedPartitions.OfTopicAsync(lake, topic.Source, topic.Feed, topic.Topic, cancellationToken).Select(partition => partition.Of).ToListAsync(cancellationToken);
            foreach (var of in landed.Union(read.Keys.Where(of => of.Topic == topic.Topic)).OrderBy(of => of.Partition))
            {
                var end = await LandedEnds.ReadAsync(lake, topic, of, cancellationToken) is { } last ? last.Last : -1;
                var (next, gaps) = loaded.GetValueOrDefault((topic.Contract, of.Topic, of.Partition));
                var status = read.GetValueOrDefault(of);
                reports.Add(new(topic.Contract, of.Topic, of.Partition, status?.High, end, next - 1, gaps, status?.LastRecord is { } at and >= 0 ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, status?.Lost));
            }
        }

        return reports;
    }

    /// <summary>Next offset and counted gaps by contract, topic and partition; nothing before the first load of any topic.</summary>
    private async Task<Dictionary<(string Contract, string Topic, int Partition), (long Next, long Gaps)>> LoadedAsync(CancellationToken cancellationToken)
    {
        if (Long((await warehouse.QueryAsync("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'ops' AND table_name = 'stream_position'", cancellationToken))[0][0]) == 0)
        {
            return [];
        }

        var rows = await warehouse.QueryAsync(
            "SELECT contract, topic, \"partition\", next_offset, gaps FROM ops.stream_position", cancellationToken);
        return rows.ToDictionary(row => ((string)row[0]!, (string)row[1]!, (int)Long(row[2])), row => (Long(row[3]), Long(row[4])));
    }

    private static long Long(object? value) => Convert.ToInt64(value ?? 0, CultureInfo.InvariantCulture);
}
