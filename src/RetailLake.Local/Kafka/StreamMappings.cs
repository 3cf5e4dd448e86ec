using RetailLake.Local.Running;
using RetailLake.Local.Templates;

namespace RetailLake.Local.Kafka;

/// <summary>Every topic that a contract names is read: by the template's mapping of it, or as its first mapping reads its own.</summary>
internal static class StreamMappings
{
    public static IReadOnlyList<LocalTopicMapping> Complete(IReadOnlyList<LocalTopicMapping> mappings, IReadOnlyList<StreamTopic> topics, Action<string> log)
    {
        var known = topics.Select(topic => topic.Topic).ToHashSet(StringComparer.Ordinal);
        foreach (var topic in mappings.SelectMany(mapping => mapping.Topics).Where(topic => !known.Contains(topic)))
        {
            log($"kafka: topic '{topic}' is not read, no right contract names it");
        }

        var lacking = known.Except(mappings.SelectMany(mapping => mapping.Topics), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return mappings.Count > 0 ? [mappings[0] with { Topics = [.. mappings[0].Topics, .. lacking] }, .. mappings.Skip(1)] : throw new CommandRefusedException(
            $"Found no event source mapping of a Kafka topic in the template, expected one that gives records of {string.Join(", ", known.Select(topic => $"'{topic}'"))} to a function.",
            "No topic is read.", "Restore PosTopicMapping in template.yaml.");
    }
}
