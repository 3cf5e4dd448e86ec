using System.Globalization;
using System.Text.Json.Nodes;
using RetailLake.Core.Drops;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Drops;

/// <summary>What AWS would send: S3's notification, SNS's envelope, SQS's batch.</summary>
internal static class DropMessages
{
    /// <summary>The body of the queue's message.</summary>
    public static string Of(LocalNotification notification, AnnouncedObject announced, DateTimeOffset now)
    {
        var told = S3(notification, announced, now).ToJsonString();
        return notification is { TopicArn: { } topic, IsEnveloped: true } ? Envelope(topic, told, now).ToJsonString() : told;
    }

    public static JsonObject Batch(LocalQueue queue, IReadOnlyList<QueuedMessage> messages) => new()
    {
        ["Records"] = new JsonArray([.. messages.Select(message => new JsonObject
        {
            ["messageId"] = message.Id,
            ["receiptHandle"] = message.Id,
            ["body"] = message.Body,
            ["attributes"] = new JsonObject
            {
                ["ApproximateReceiveCount"] = message.ReceiveCount.ToString(CultureInfo.InvariantCulture),
                ["SentTimestamp"] = message.SentAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            },
            ["messageAttributes"] = new JsonObject(),
            ["eventSource"] = "aws:sqs",
            ["eventSourceARN"] = queue.Arn,
            ["awsRegion"] = LocalArn.Region,
        })]),
    };

    private static JsonObject S3(LocalNotification notification, AnnouncedObject announced, DateTimeOffset now) => new()
    {
        ["Records"] = new JsonArray(new JsonObject
        {
            ["eventVersion"] = "2.1",
            ["eventSource"] = "aws:s3",
            ["awsRegion"] = LocalArn.Region,
            ["eventTime"] = Stamp(now),
            ["eventName"] = "ObjectCreated:Put",
            ["s3"] = new JsonObject
            {
                ["s3SchemaVersion"] = "1.0",
                ["bucket"] = new JsonObject { ["name"] = notification.Bucket, ["arn"] = $"arn:aws:s3:::{notification.Bucket}" },
                ["object"] = new JsonObject { ["key"] = ObjectKeys.Encode(announced.Key), ["size"] = announced.Bytes, ["sequencer"] = now.UtcTicks.ToString("X16", CultureInfo.InvariantCulture) },
            },
        }),
    };

    private static JsonObject Envelope(string topic, string message, DateTimeOffset now) => new()
    {
        ["Type"] = "Notification",
        ["MessageId"] = Guid.NewGuid().ToString(),
        ["TopicArn"] = topic,
        ["Subject"] = "Amazon S3 Notification",
        ["Message"] = message,
        ["Timestamp"] = Stamp(now),
    };

    private static string Stamp(DateTimeOffset now) => now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>An object that appeared, or one that was written to since.</summary>
internal sealed record AnnouncedObject(string Key, long Bytes);
