using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Streams;
using static RetailLake.Core.Warehouse.Answer;

namespace RetailLake.Core.Warehouse;

/// <summary>The rows that <see cref="HeldSql.List"/> answers for one unit.</summary>
/// <param name="shown">Key columns that stand in the rows.</param>
/// <param name="topics">By the number that stands for them in the rows' origin.</param>
internal sealed class HeldRows(Contract contract, IReadOnlyList<string> shown, IReadOnlyDictionary<long, TopicPartition> topics, IReadOnlyList<IReadOnlyList<object?>> rows)
{
    private const int Key = 3;

    private readonly IReadOnlyList<object?> first = rows[0];
    private readonly int head = Key + shown.Count;
    private readonly int children = contract.Tables.Count - 1;

    public HeldUnit ToUnit(DateTimeOffset now)
    {
        var since = Utc(first[1]);
        var overdueAt = since.AddHours(contract.Stream!.HoldHours);
        var header = first[head] is { } value ? (HeldHeader)Whole(value) : HeldHeader.Missing;
        var key = shown.Select((name, index) => KeyValuePair.Create(name, Text(contract.Parent.Column(name), first[Key + index])));
        return new(
            contract.Id, new Dictionary<string, string?>(key, StringComparer.Ordinal), header, since, overdueAt, overdueAt <= now || Whole(first[2]) > 0,
            [.. contract.Tables.Select((table, part) => ToPart(table, part, header))]);
    }

    private HeldPart ToPart(ContractTable table, int part, HeldHeader header)
    {
        var own = rows.Where(row => Whole(row[Behind]) == part).ToList();
        var hasHeader = header is HeldHeader.Held or HeldHeader.Published;
        var (expected, there) = part == 0 ? (1, hasHeader ? 1 : 0)
            : (hasHeader && first[head + part] is { } count ? Whole(count) : (long?)null, Whole(first[head + children + part]));
        return new(table.Name, expected, there, own.Sum(row => Whole(row[Behind + 2])), [.. own.Select(Origin)]);
    }

    private int Behind => head + (2 * children) + 1;

    private HeldOrigin Origin(IReadOnlyList<object?> row)
    {
        var of = topics.GetValueOrDefault(Whole(row[Behind + 1]));
        return new(of?.Topic, of?.Partition, Whole(row[Behind + 2]), Place(row, Behind + 3, Behind + 5), Place(row, Behind + 4, Behind + 6));
    }

    private HeldPlace Place(IReadOnlyList<object?> row, int drop, int version) =>
        contract.Stream!.Version == StreamVersion.Position && LogPosition.Parts(Whole(row[version])) is var (file, position) ? new(null, file, position) : new(Whole(row[drop]), null, null);

    private static string? Text(ContractColumn column, object? value) => value switch
    {
        DateTime day when column.Type.Kind == ColumnKind.Date => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
