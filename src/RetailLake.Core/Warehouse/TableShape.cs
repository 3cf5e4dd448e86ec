using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;

namespace RetailLake.Core.Warehouse;

/// <summary>A table as migration wants it.</summary>
/// <param name="Attributes">Follows the column list: DISTKEY and SORTKEY.</param>
internal sealed record TableShape(string Schema, string Name, IReadOnlyList<ColumnShape> Columns, string Attributes = "")
{
    /// <summary>The drop that a row came from.</summary>
    private static IEnumerable<ColumnShape> Origin => DropOrder.Origin.Select(name => new ColumnShape(name, "BIGINT", true));

    /// <summary>The contract's columns, the version of the row, and when it was loaded.</summary>
    public static TableShape OfTable(Contract contract, ContractTable table, SqlDialect sql) => new(
        contract.Source, table.Name,
        [
            .. table.Columns.Select(column => new ColumnShape(column.Name, sql.TypeOf(column), table.Key.Contains(column.Name))),
            new(LoadTable.Run, "BIGINT", true),
            new(LoadTable.LoadedAt, "TIMESTAMP", true),
            .. contract.Drop is null && contract.Stream is null ? [] : Origin,
            .. contract.Stream is null ? Array.Empty<ColumnShape>() : [new(DropRef.EventColumn, "TIMESTAMP")],
        ],
        sql.TableAttributes(table));

    /// <summary>Rows waiting to be exported, by sequence. <c>op</c>: U = published, D = gone.</summary>
    public static TableShape OfOutbox(Contract contract, ManthanSpec manthan, SqlDialect sql)
    {
        var table = contract.Tables.First(candidate => candidate.Name == manthan.Table);
        return new(SqlDialect.Ops, OutboxName(contract, manthan),
        [
            new(LoadTable.Sequence, "BIGINT", true),
            new(LoadTable.Op, sql.Varchar(1), true),
            .. OutboxColumns(contract, manthan).Select(name => new ColumnShape(name, sql.TypeOf(table.Column(name)))),
        ]);
    }

    /// <summary>Keys of deleted parent rows, so that an older load that comes late does not bring them back.</summary>
    public static TableShape? OfTombstones(Contract contract, SqlDialect sql) => !LoadTable.KeepsTombstones(contract) ? null : new(
        SqlDialect.Ops, TombstoneName(contract),
        [
            .. contract.Parent.Key.Select(name => new ColumnShape(name, sql.TypeOf(contract.Parent.Column(name)), true)),
            new(LoadTable.Run, "BIGINT", true),
            .. contract.Drop is null ? [] : Origin,
        ]);

    /// <summary>For each combination of the contract's scope columns the drops that held it; under the highest of them nothing appears again.</summary>
    public static TableShape? OfFloors(Contract contract, SqlDialect sql) => FloorName(contract) is not { } name ? null : new(
        SqlDialect.Ops, name,
        [
            .. contract.Drop!.ReplacesColumns.Select(column => new ColumnShape(column, sql.TypeOf(contract.Parent.Column(column)), true)),
            new(DropOrder.Version, "BIGINT", true), new(DropOrder.Drop, "BIGINT", true),
        ]);

    public static string? FloorName(Contract contract) => contract.Drop?.Replaces == DropScope.Columns ? $"floor_{contract.Source}_{contract.Feed}" : null;

    public static ContractColumn Whole(string name) => new() { Name = name, SourceName = name, Type = new(ColumnKind.Int64, "bigint") };

    public static string OutboxName(Contract contract, ManthanSpec manthan) => $"export_outbox_{contract.Source}_{manthan.Table}";

    public static string TombstoneName(Contract contract) => $"tombstone_{contract.Source}_{contract.Feed}";

    /// <summary>The key orders the export, so it is in the outbox even when it is not exported.</summary>
    public static IReadOnlyList<string> OutboxColumns(Contract contract, ManthanSpec manthan)
    {
        var key = contract.Tables.First(candidate => candidate.Name == manthan.Table).Key;
        return [.. manthan.Columns.Concat(manthan.Totals).Concat(manthan.BusinessDate is null ? [] : [manthan.BusinessDate]).Concat(key).Distinct(StringComparer.Ordinal)];
    }
}

/// <param name="Type">As the dialect spells it.</param>
internal sealed record ColumnShape(string Name, string Type, bool NotNull = false);
