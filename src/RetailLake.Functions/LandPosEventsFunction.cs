using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Streams;
using RetailLake.Functions.Hosting;
using RetailLake.Functions.Streams;

namespace RetailLake.Functions;

/// <summary>
/// Lands a batch of Kafka records, one segment per partition, exactly as delivered: no record is judged here. A partition that cannot be landed comes again
/// whole and holds up no other.
/// </summary>
public sealed class LandPosEventsFunction(ContractCatalog contracts, SegmentLander lander)
{
    [LambdaFunction(ResourceName = "LandPosEventsFunction")]
    public async Task<KafkaBatchOutput> LandPosEvents(KafkaBatchInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        using var deadline = context.Deadline();
        var failures = new List<KafkaItemFailure>();
        foreach (var partition in Partitions(input))
        {
            if (!await LandAsync(partition.Key, [.. partition], context.Logger, deadline.Token))
            {
                failures.Add(new(new(partition.Key.ToString(), partition.Min(record => record.Offset))));
            }
        }

        return new(failures);
    }

    private static IEnumerable<IGrouping<TopicPartition, KafkaEventRecord>> Partitions(KafkaBatchInput input)
    {
        if (input.Records is null)
        {
            throw NotABatch("no 'records'");
        }

        var records = input.Records.Values.SelectMany(list => list ?? throw NotABatch("null where a list of records stands"));
        return records
            .Select(record => record is { Topic.Length: > 0, Partition: >= 0 } ? record : throw NotABatch("a record without topic or partition"))
            .GroupBy(record => new TopicPartition(record.Topic, record.Partition));
    }

    /// <returns>False: the partition's records are to come again.</returns>
    private async Task<bool> LandAsync(TopicPartition partition, IReadOnlyList<KafkaEventRecord> records, ILambdaLogger log, CancellationToken deadline)
    {
        try
        {
            if (contracts.All.FirstOrDefault(contract => contract.Topics.Contains(partition.Topic)) is not { } contract)
            {
                log.LogError("{Count} record(s) of '{Partition}' were not landed and come again: no right contract reads this topic. Add one, or take the topic out of the event source mapping.", records.Count, partition);
                return false;
            }

            var landed = await lander.LandAsync(contract, partition, records.Select(DeliveredRecord.Of), deadline);
            log.LogInformation("{Count} record(s) of '{Partition}' are in {Segment}, new: {IsNew}", landed.Records, partition, landed.Key.Key, landed.IsNew);
            return true;
        }
        catch (Exception e) when (e is LakeException or IOException or UnauthorizedAccessException)
        {
            log.LogError("{Count} record(s) of '{Partition}' from offset {Offset} were not landed and come again: {Error}", records.Count, partition, records.Min(record => record.Offset), e.Message);
        }
        catch (FormatException e)
        {
            log.LogError("{Count} record(s) of '{Partition}' from offset {Offset} were not landed and come again: Found a record that Lambda does not write, {Error}.", records.Count, partition, records.Min(record => record.Offset), e.Message);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            log.LogWarning("The time was over before '{Partition}' was landed; it comes again.", partition);
        }

        return false;
    }

    private static NotSupportedByLakeException NotABatch(string found) => new(
        $"Found {found} in an event, expected the batch of a Kafka event source mapping.", "Nothing was landed; the batch comes again.", "Give LandPosEvents no other trigger.");
}
