using System.Text.Json;
using System.Text.Json.Nodes;
using RetailLake.Local.Home;

namespace RetailLake.Local.Drops;

/// <summary>Messages that nobody could deal with, one file of JSON lines per queue. What they announced still lies in the lake and is announced again at the next start.</summary>
public sealed class DeadLetters(LakeHome home)
{
    public string Folder { get; } = Path.Combine(home.Folder, "dead-letters");

    internal void Add(string queue, QueuedMessage message, DateTimeOffset now)
    {
        Directory.CreateDirectory(Folder);
        var line = new JsonObject { ["at"] = now.UtcDateTime, ["receiveCount"] = message.ReceiveCount, ["body"] = message.Body }.ToJsonString();
        using var file = new FileStream(PathOf(queue), FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
        file.Flush(flushToDisk: true);
    }

    public string PathOf(string queue) => Path.Combine(Folder, $"{queue}.jsonl");

    /// <summary>Bodies of a queue's dead letters, oldest first; a line that a kill tore is left out.</summary>
    public IReadOnlyList<string> Read(string queue) => File.Exists(PathOf(queue))
        ? [.. File.ReadLines(PathOf(queue)).Select(Body).OfType<string>()]
        : [];

    private static string? Body(string line)
    {
        try
        {
            return JsonNode.Parse(line)?["body"]?.GetValue<string>();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
