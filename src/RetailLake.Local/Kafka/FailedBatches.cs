using System.Globalization;
using System.Text.Json.Nodes;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Local.Kafka;

/// <summary>The S3 destination of a Kafka mapping: one object per batch that failed for good, with the reason, the offsets and the whole event.</summary>
internal sealed class FailedBatches(ILake lake, TimeProvider time)
{
    public const string Folder = "aws/lambda/";

    /// <returns>The object's key.</returns>
    public async Task<string> KeepAsync(FailedBatch failed, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var of = failed.Records[0].Of;
        var key = string.Create(CultureInfo.InvariantCulture, $"{Folder}{failed.Mapping.Name}/{of}/{now:yyyy}/{now:MM}/{now:dd}/{now:yyyy-MM-dd'T'HH.mm.ss}-{Guid.NewGuid()}");
        var @event = KafkaEvent.Of(failed.Mapping.ClusterArn, failed.Bootstrap, failed.Records);
        var kept = new JsonObject
        {
            ["requestContext"] = new JsonObject
            {
                ["requestId"] = failed.RequestId, ["functionArn"] = failed.Mapping.FunctionArn, ["condition"] = "RetryAttemptsExhausted", ["approximateInvokeCount"] = failed.Attempts,
            },
            ["responseContext"] = new JsonObject { ["statusCode"] = 200, ["functionError"] = failed.Reason },
            ["version"] = "1.0",
            ["timestamp"] = now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["KafkaBatchInfo"] = new JsonObject
            {
                ["batchSize"] = failed.Records.Count,
                ["eventSourceArn"] = failed.Mapping.ClusterArn,
                ["bootstrapServers"] = failed.Bootstrap,
                ["payloadSize"] = @event.Length,
                ["topic"] = of.Topic,
                ["partition"] = of.Partition,
                ["startOffset"] = failed.Records[0].Offset,
                ["endOffset"] = failed.Records[^1].Offset,
            },
            ["payload"] = JsonNode.Parse(@event),
        };
        await lake.PutIfAbsentAsync(key, LakeJson.ToBytes(kept), cancellationToken);
        return key;
    }
}
