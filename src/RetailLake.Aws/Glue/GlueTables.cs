using System.Globalization;
using Amazon.Glue.Model;
using RetailLake.Core.Catalog;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;

namespace RetailLake.Aws.Glue;

/// <summary>What a contract's table is in Glue: columns as Athena and Spectrum read the Parquet, a partition key <c>run</c>, personal columns marked.</summary>
/// <remarks>Types: https://docs.aws.amazon.com/athena/latest/ug/data-types.html</remarks>
internal static class GlueTables
{
    private const string RunKey = "run";
    private const string Parquet = "org.apache.hadoop.hive.ql.io.parquet.";

    /// <summary><c>source_table</c>; two sources may have tables of one name.</summary>
    public static TableInput Of(CuratedPartition partition)
    {
        var table = partition.Contract.Tables.First(candidate => candidate.Name == partition.Table);
        return new()
        {
            Name = $"{partition.Contract.Source}_{partition.Table}".ToLowerInvariant(),
            TableType = "EXTERNAL_TABLE",
            Parameters = new() { ["classification"] = "parquet", ["EXTERNAL"] = "TRUE", ["retaillake.contract"] = partition.Contract.Id },
            PartitionKeys = [new() { Name = RunKey, Type = "string", Comment = "Execution that published the rows." }],
            StorageDescriptor = Storage(Folder(partition.Location), [.. table.Columns.Select(Of), .. OriginColumns.Of(partition.Contract).Select(Origin)]),
        };
    }

    public static PartitionInput PartitionOf(TableInput table, CuratedPartition partition) => new()
    {
        Values = [partition.Execution],
        StorageDescriptor = Storage(partition.Location + "/", table.StorageDescriptor.Columns),
        Parameters = new() { ["recordCount"] = partition.Rows.ToString(CultureInfo.InvariantCulture) },
    };

    /// <summary>Whether every wanted column is there with its type; columns that a contract gave up stay, for the runs that have them.</summary>
    public static bool Holds(Table found, TableInput wanted) => Missing(found, wanted).Count == 0;

    public static TableInput Merge(Table found, TableInput wanted)
    {
        var ours = wanted.StorageDescriptor.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        wanted.StorageDescriptor.Columns = [.. wanted.StorageDescriptor.Columns, .. (found.StorageDescriptor?.Columns ?? []).Where(column => !ours.Contains(column.Name))];
        return wanted;
    }

    private static List<Column> Missing(Table found, TableInput wanted)
    {
        var there = (found.StorageDescriptor?.Columns ?? []).ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        return [.. wanted.StorageDescriptor.Columns.Where(column => there.GetValueOrDefault(column.Name) != column.Type)];
    }

    private static Column Of(ContractColumn column) => new()
    {
        Name = column.Name.ToLowerInvariant(),
        Type = TypeOf(column),
        Comment = column.Personal ? "Keyed token of personal data." : null,
        Parameters = column.Personal ? new() { ["retaillake.personal"] = "token" } : null,
    };

    private static string TypeOf(ContractColumn column) => column.Personal ? "string" : column.Type.Kind switch
    {
        ColumnKind.Boolean => "boolean",
        ColumnKind.Int32 => "int",
        ColumnKind.Int64 => "bigint",
        ColumnKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"decimal({column.Type.Precision},{column.Type.Scale})"),
        ColumnKind.Double => "double",
        ColumnKind.Date => "date",
        ColumnKind.Timestamp => "timestamp",

        // Athena has no time of day; the Parquet column is INT64 microseconds.
        ColumnKind.Time => "bigint",
        _ => "string",
    };

    private static Column Origin(string name) => new() { Name = name.ToLowerInvariant(), Type = name == DropRef.EventColumn ? "timestamp" : "bigint" };

    private static string Folder(string location) => location[..(location.LastIndexOf('/') + 1)];

    private static StorageDescriptor Storage(string location, List<Column> columns) => new()
    {
        Columns = columns,
        Location = location,
        InputFormat = Parquet + "MapredParquetInputFormat",
        OutputFormat = Parquet + "MapredParquetOutputFormat",
        Compressed = true,
        SerdeInfo = new() { SerializationLibrary = Parquet + "serde.ParquetHiveSerDe", Parameters = new() { ["serialization.format"] = "1" } },
    };
}
