using System.Text.Json;
using System.Text.Json.Nodes;
using RetailLake.Core.Streams;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Kafka;

/// <summary>
/// What a function's answer says of a batch, as Lambda reads it: each partition that it names comes again from the offset on.
/// | answer                                            | then                                   |
/// | an error, or none                                 | all comes again, in halves if so set    |
/// | the mapping asks for no items                     | all is done                             |
/// | no items, or an empty list of them                | all is done                             |
/// | an item that names no partition or no such offset | all comes again                         |
/// </summary>
internal sealed record BatchAnswer(IReadOnlyDictionary<TopicPartition, long> Again)
{
    private static readonly BatchAnswer Done = new(new Dictionary<TopicPartition, long>());

    /// <param name="payload">Null: the function ended with an error.</param>
    public static BatchAnswer Read(byte[]? payload, IReadOnlyList<PolledRecord> batch, LocalTopicMapping mapping)
    {
        if (payload is null || !mapping.ReportsItems)
        {
            return payload is null ? new(All(batch)) : Done;
        }

        try
        {
            var offsets = batch.GroupBy(record => record.Of.ToString()).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
            Dictionary<TopicPartition, long> again = [];
            foreach (var item in (JsonNode.Parse(payload)?["batchItemFailures"] as JsonArray) ?? [])
            {
                var identifier = item?["itemIdentifier"];
                if (identifier?["partition"]?.GetValue<string>() is not { } partition || identifier["offset"]?.GetValue<long>() is not { } offset
                    || !offsets.TryGetValue(partition, out var records) || records.TrueForAll(record => record.Offset != offset))
                {
                    return new(All(batch));
                }

                again[records[0].Of] = Math.Min(offset, again.GetValueOrDefault(records[0].Of, long.MaxValue));
            }

            return new(again);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return new(All(batch));
        }
    }

    private static Dictionary<TopicPartition, long> All(IReadOnlyList<PolledRecord> batch) =>
        batch.GroupBy(record => record.Of).ToDictionary(group => group.Key, group => group.Min(record => record.Offset));
}
