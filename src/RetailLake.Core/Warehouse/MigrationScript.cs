using System.Text.Json;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Warehouse;

/// <param name="Type">As the dialect spells it.</param>
public sealed record ExistingColumn(string Schema, string Table, string Column, string Type)
{
    internal static async Task<IReadOnlyList<ExistingColumn>> ReadAsync(IWarehouse warehouse, CancellationToken cancellationToken) =>
        [.. (await warehouse.QueryAsync(warehouse.Dialect.ExistingColumns, cancellationToken)).Select(row => new ExistingColumn((string)row[0]!, (string)row[1]!, (string)row[2]!, (string)row[3]!))];
}

/// <summary>
/// The statements that bring a warehouse to what the contracts need. Each may run again and alone, so a crash between two of them is
/// repaired by the next run. Run them one by one: Redshift widens a column only outside a transaction block.
/// </summary>
public static class MigrationScript
{
    /// <param name="access">What exists of roles and masks; Redshift only.</param>
    public static IReadOnlyList<string> For(IReadOnlyCollection<Contract> contracts, SqlDialect sql, IReadOnlyCollection<ExistingColumn> existing, ExistingAccess? access = null)
    {
        ArgumentNullException.ThrowIfNull(contracts);
        ArgumentNullException.ThrowIfNull(sql);
        var columns = existing.ToLookup(column => (column.Schema, column.Table));
        List<TableShape> shapes = [.. OpsTables.All(sql), .. contracts.SelectMany(contract => ShapesOf(contract, sql))];
        RefuseTwins(shapes);
        List<string> refused = [];
        List<string> statements =
        [
            .. shapes.Select(shape => shape.Schema).Distinct(StringComparer.Ordinal).Select(schema => $"CREATE SCHEMA IF NOT EXISTS {sql.Quote(schema)}"),
            .. sql.Procedures,
            .. sql is RedshiftDialect masked ? AccessScript.Detach(contracts, masked, columns, access ?? ExistingAccess.None) : [],
            .. shapes.SelectMany(shape => Statements(shape, sql, [.. columns[(shape.Schema, shape.Name)]], refused)),
            .. contracts.SelectMany(contract => sql.LockObjects(contract.Source, contract.Feed)),
            StreamTables.Positions(sql),
            .. sql is RedshiftDialect granting ? AccessScript.Grant(contracts, granting, columns, OpsTablesOf(contracts, shapes), access ?? ExistingAccess.None) : [],
        ];
        return refused.Count == 0 ? statements : throw new ContractInvalidException(
            $"Found {refused.Count} column(s) whose type in the warehouse is not the contract's: {string.Join("; ", refused.Take(20))}.",
            "Nothing was migrated.",
            "Give the column a new name in the contract, or copy the table by hand and drop the old one.");
    }

    /// <summary>Reads what exists and runs what is missing.</summary>
    public static async Task RunAsync(IWarehouse warehouse, IReadOnlyCollection<Contract> contracts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(warehouse);
        var existing = await ExistingColumn.ReadAsync(warehouse, cancellationToken);
        var access = warehouse.Dialect is RedshiftDialect ? await AccessAsync(warehouse, cancellationToken) : ExistingAccess.None;
        foreach (var statement in For(contracts, warehouse.Dialect, existing, access))
        {
            await warehouse.ExecuteAsync([statement], cancellationToken);
        }
    }

    private static async Task<ExistingAccess> AccessAsync(IWarehouse warehouse, CancellationToken cancellationToken)
    {
        var roles = await warehouse.QueryAsync(RedshiftDialect.ExistingRoles, cancellationToken);
        var masks = await warehouse.QueryAsync(RedshiftDialect.ExistingMasks, cancellationToken);
        return new(
            [.. roles.Select(row => ((string)row[0]!).Trim())],
            [.. masks.SelectMany(row => ColumnsOf((string)row[3]!).Select(column => new ExistingMask((string)row[0]!, (string)row[1]!, (string)row[2]!, column, (string)row[4]!)))]);
    }

    /// <summary>Redshift writes the columns of an attached policy as a JSON array.</summary>
    private static string[] ColumnsOf(string list)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(list) ?? [];
        }
        catch (JsonException broken)
        {
            throw new LoadFailedException(
                "Found a masking policy in 'svv_attached_masking_policy' whose columns are no list of names (a path into a SUPER value, perhaps).", "Nothing was migrated.",
                "Detach it from the tables of the contracts, then run MigrateWarehouse again.", broken);
        }
    }

    private static IReadOnlyList<string> OpsTablesOf(IReadOnlyCollection<Contract> contracts, IEnumerable<TableShape> shapes) =>
    [
        .. shapes.Where(shape => shape.Schema == SqlDialect.Ops).Select(shape => shape.Name),
        .. contracts.Select(contract => RedshiftDialect.LockTable(contract.Source, contract.Feed)),
    ];

    private static IEnumerable<TableShape> ShapesOf(Contract contract, SqlDialect sql)
    {
        foreach (var table in contract.Tables)
        {
            yield return TableShape.OfTable(contract, table, sql);
        }

        if (contract.Manthan is { } manthan)
        {
            yield return TableShape.OfOutbox(contract, manthan, sql);
        }

        if (TableShape.OfTombstones(contract, sql) is { } tombstones)
        {
            yield return tombstones;
        }

        if (TableShape.OfFloors(contract, sql) is { } floors)
        {
            yield return floors;
        }

        foreach (var shape in StreamTables.Of(contract, sql))
        {
            yield return shape;
        }
    }

    private static IEnumerable<string> Statements(TableShape shape, SqlDialect sql, IReadOnlyList<ExistingColumn> existing, List<string> refused)
    {
        var table = sql.Table(shape.Schema, shape.Name);
        var list = string.Join(",\n", shape.Columns.Select(column => $"  {sql.Quote(column.Name)} {column.Type}{(column.NotNull ? " NOT NULL" : "")}"));
        yield return $"CREATE TABLE IF NOT EXISTS {table} (\n{list}\n){shape.Attributes}";
        if (existing.Count == 0)
        {
            yield break;
        }

        foreach (var column in shape.Columns)
        {
            var known = existing.FirstOrDefault(candidate => string.Equals(candidate.Column, column.Name, StringComparison.OrdinalIgnoreCase));
            if (known is null)
            {
                // Without NOT NULL: the rows that are there have no value.
                yield return $"ALTER TABLE {table} ADD COLUMN {(sql.Name == "duckdb" ? "IF NOT EXISTS " : "")}{sql.Quote(column.Name)} {column.Type}";
            }
            else if (sql.Widen(table, sql.Quote(column.Name), known.Type, column.Type) is { } widen)
            {
                yield return widen;
            }
            else if (!Holds(known.Type, column.Type))
            {
                refused.Add($"{table}.{sql.Quote(column.Name)} is {known.Type}, the contract needs {column.Type}");
            }
        }
    }

    private static bool Holds(string existing, string wanted) =>
        string.Equals(existing, wanted, StringComparison.OrdinalIgnoreCase)
        || (RedshiftDialect.Length(existing) is { } has && RedshiftDialect.Length(wanted) is { } needs && needs <= has);

    private static void RefuseTwins(List<TableShape> shapes)
    {
        var twin = shapes.GroupBy(shape => $"{shape.Schema}.{shape.Name}", StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (twin is not null)
        {
            throw new ContractInvalidException(
                $"Found the warehouse table '{twin.Key}' in {twin.Count()} places of the contracts; a table belongs to one contract.",
                "Nothing was migrated.", "Rename one of the tables, sources or feeds.");
        }
    }
}
