using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Xml;

/// <summary>Contracts of XML feeds in one line per table.</summary>
internal static class XmlFeed
{
    public static Contract Contract(string unit, IReadOnlyList<ContractTable> tables, params string[] namespaces) => new()
    {
        Id = "pos.transaction",
        Source = "pos",
        Feed = "transaction",
        Version = "1.0.0",
        Sha256 = "00",
        Server = new SourceServer("custom", null, null, "", "sources/pos") { Location = "ftp://ftp.example.com/out" },
        Extract = new ExtractSpec { Mode = ExtractMode.Snapshot },
        Tables = tables,
        Drop = new DropSpec { Format = DropFormat.Xml, Xml = new XmlLayout(unit, namespaces) },
    };

    public static ContractTable Table(string name, string record, params ContractColumn[] columns) =>
        new() { Name = name, SourceName = name, Record = record, Columns = columns, Key = [columns[0].Name] };

    public static ContractColumn Text(string name, string from) => Column(name, from, new ColumnType(ColumnKind.Text, "varchar(200)") { MaxBytes = 65_535 });

    public static ContractColumn Number(string name, string from) => Column(name, from, new ColumnType(ColumnKind.Int64, "bigint"));

    public static ContractColumn Money(string name, string from) =>
        Column(name, from, new ColumnType(ColumnKind.Decimal, "decimal(14,4)") { Precision = 14, Scale = 4 });

    public static ContractColumn Column(string name, string from, ColumnType type) => new() { Name = name, SourceName = name, Type = type, From = Source(from) };

    private static FieldSource Source(string from) => from switch
    {
        "$row" => new(FieldScope.RowNumber),
        "$unit" => new(FieldScope.UnitNumber),
        "$index" => new(FieldScope.IndexInUnit),
        "$name" => new(FieldScope.FileName),
        "$record" => new(FieldScope.RecordType),
        _ => new(FieldScope.Record, Paths: from.Split(" | ")),
    };
}
