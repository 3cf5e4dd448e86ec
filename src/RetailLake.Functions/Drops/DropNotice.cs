using System.Text.Json;
using RetailLake.Core.Drops;

namespace RetailLake.Functions.Drops;

/// <summary>An object that appeared under <c>drops/</c>.</summary>
/// <param name="Name">What follows the feed's folder: a record's name, or anything that a sender chose.</param>
public sealed record DropNotice(string Source, string Feed, string Name)
{
    private const string Zone = "drops/";

    /// <summary>Reads S3's notification, bare or in SNS's envelope. Neither is trusted: what is said to be there is looked at before anything is done.</summary>
    /// <returns>None for S3's test event, and for keys that lie in no feed's folder.</returns>
    /// <exception cref="FormatException">Something else came through the queue.</exception>
    public static IReadOnlyList<DropNotice> Read(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        try
        {
            using var json = JsonDocument.Parse(body);
            if (Text(json.RootElement, "Type") != "Notification")
            {
                return OfEvent(json.RootElement);
            }

            using var inner = JsonDocument.Parse(Text(json.RootElement, "Message") ?? throw new FormatException("Found an SNS notification without a message."));
            return OfEvent(inner.RootElement);
        }
        catch (JsonException e)
        {
            throw new FormatException($"Found a message that is no JSON (position {e.BytePositionInLine}); a notification of S3 was expected.", e);
        }
    }

    private static List<DropNotice> OfEvent(JsonElement json)
    {
        if (Text(json, "Event") == "s3:TestEvent")
        {
            return [];
        }

        if (Member(json, "Records") is not { ValueKind: JsonValueKind.Array } records)
        {
            throw new FormatException("Found a message without 'Records'; a notification of S3 was expected.");
        }

        return [.. records.EnumerateArray().Where(IsOfNewObject).Select(Of).OfType<DropNotice>()];
    }

    private static bool IsOfNewObject(JsonElement record) => Text(record, "eventName")?.StartsWith("ObjectCreated:", StringComparison.Ordinal) == true;

    private static DropNotice? Of(JsonElement record)
    {
        var written = Text(Member(Member(record, "s3"), "object"), "key") ?? throw new FormatException("Found a record without 's3.object.key'; a notification of S3 was expected.");
        var key = ObjectKeys.Decode(written) ?? throw new FormatException("Found an object key that S3 does not write: a broken escape, or no UTF-8.");
        return key.StartsWith(Zone, StringComparison.Ordinal) && key[Zone.Length..].Split('/', 3) is [var source, var feed, { Length: > 0 } name] ? new(source, feed, name) : null;
    }

    private static JsonElement? Member(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement? json, string name) => Member(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
