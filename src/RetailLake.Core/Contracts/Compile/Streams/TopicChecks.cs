using RetailLake.Core.Contracts.Yaml;
using RetailLake.Core.Streams;

namespace RetailLake.Core.Contracts.Compile.Streams;

/// <summary>Which topic each table is read from.</summary>
internal static class TopicChecks
{
    public static void Check(YamlMap stream, StreamSpec spec, IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        List<(YamlNode At, string Topic)> topics = [.. stream.Items("ignored").Where(node => node.Text() is not null).Select(node => (node, node.Text()!))];
        if (spec.Topic is { } topic)
        {
            topics.Add((stream["topic"]!, topic));
            OneTopic(spec, tables, problems);
        }
        else
        {
            foreach (var table in tables.Where(table => table.Table.Record is null))
            {
                problems.Add(table.At, $"Found no topic for table '{table.Table.Name}', expected 'topic' in 'retaillake.stream', or one for every table.", "Add 'topic', or 'retaillake.record' with the table's own topic.");
            }

            topics.AddRange(tables.Where(table => table.Table.Record is not null).Select(table => (table.At.Own("record")!, table.Table.Record!)));
        }

        foreach (var (at, name) in topics.Where(named => !TopicName.IsValid(named.Topic)))
        {
            problems.Add(at, $"Found the topic {at.Shown}, expected {TopicName.Words}.", "Correct the spelling.");
        }

        foreach (var twice in topics.GroupBy(named => named.Topic, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            problems.Add(twice.Last().At, $"Found the topic '{Printable.Of(twice.Key)}' a second time in this contract, expected each once.", "Keep one of them.");
        }
    }

    private static void OneTopic(StreamSpec spec, IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        if (spec.Format == StreamFormat.Debezium && tables.Count > 1)
        {
            problems.Add(tables[1].At, $"Found {tables.Count} tables of one topic of change events, expected a topic for each: Debezium writes one for every table of the source.", "Remove 'topic' from 'retaillake.stream' and name each table's own in 'retaillake.record'.");
        }

        if ((spec.Format == StreamFormat.Debezium ? tables : tables.Take(1)).FirstOrDefault(table => table.Table.Record is not null) is { } table)
        {
            problems.Add(table.At.Own("record")!, $"Found 'retaillake.record' on '{table.Table.Name}', which has the whole record of 'topic'.", "Remove it, or 'topic'.");
        }
    }
}
