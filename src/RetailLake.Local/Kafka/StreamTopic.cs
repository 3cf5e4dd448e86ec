using RetailLake.Core.Contracts;

namespace RetailLake.Local.Kafka;

/// <summary>A topic and the feed that reads it.</summary>
public sealed record StreamTopic(string Topic, string Source, string Feed)
{
    public string Contract => $"{Source}.{Feed}";

    public static IReadOnlyList<StreamTopic> Of(IEnumerable<Contract> contracts) =>
        [.. contracts.SelectMany(contract => contract.Topics.Select(topic => new StreamTopic(topic, contract.Source, contract.Feed)))];
}
