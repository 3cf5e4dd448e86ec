using RetailLake.Core.Contracts;
using RetailLake.Tests.Warehouse;

namespace RetailLake.Tests.Streams.Loading;

/// <summary>Contracts of topics, as the contract reader would make them.</summary>
internal static class StreamSamples
{
    /// <summary>A record is a bill with its lines and tenders.</summary>
    public static Contract Bill() => Of("pos", "bill", new("pos.bill", StreamFormat.Json), Table("bill", ["no"], []), Table("line", ["no", "line"], ["no"]), Table("tender", ["no", "tender"], ["no"])) with
    {
        Manthan = new() { Subject = "SALES", Table = "line", Columns = ["no", "line", "amount"], Totals = ["amount"] },
    };

    /// <summary>Change events of one table.</summary>
    public static Contract Points() => Of("loyalty", "points", new(null, StreamFormat.Debezium), Table("points", ["no"], []));

    /// <summary>Change events of three tables that belong together; a sale is published when it is complete.</summary>
    public static Contract Sale()
    {
        var head = Table("sale", ["no"], []) with { Complete = new Dictionary<string, string> { ["item"] = "items", ["payment"] = "payments" } };
        return Of(
            "shop", "sale", new(null, StreamFormat.Debezium),
            head with { Columns = [.. head.Columns, Whole("items"), Whole("payments")] }, Table("item", ["no", "item"], ["no"]), Table("payment", ["no", "payment"], ["no"]));
    }

    public static ContractTable Table(string name, IReadOnlyList<string> key, IReadOnlyList<string> parent) => new()
    {
        Name = name,
        SourceName = name,
        Record = $"db.{name}",
        Key = key,
        ParentKey = parent,
        Columns = [.. key.Select(Whole), Samples.Column("note", ColumnKind.Text, "varchar(20)") with { Required = true }, Samples.Column("amount", ColumnKind.Decimal, "decimal(12,2)") with { ControlTotal = true }],
    };

    private static ContractColumn Whole(string name) => Samples.Column(name, ColumnKind.Int64, "bigint");

    private static Contract Of(string source, string feed, StreamSpec stream, params ContractTable[] tables) => new()
    {
        Id = $"{source}.{feed}",
        Source = source,
        Feed = feed,
        Version = "1.0.0",
        Sha256 = new('a', 64),
        Server = new("kafka", null, null, "", "sources/pos"),
        Extract = new() { Mode = ExtractMode.Snapshot },
        Tables = tables,
        RejectBudgetPercent = 100m,
        Stream = stream,
    };
}
