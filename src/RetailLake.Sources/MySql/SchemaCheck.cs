using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Sources.MySql;

/// <summary>Contract against source, before every plan and every slice: all differences at once.</summary>
/// <remarks>
/// | source has                                   | verdict                                  |
/// | a column more                                | passes, is noted                         |
/// | the same or a narrower type                  | passes                                   |
/// | a wider or another type, no column, no table | stops before anything is read            |
/// | an engine without snapshots (MyISAM, Aria)   | stops: rows of one moment cannot be read |
/// </remarks>
internal sealed class SchemaCheck
{
    private const int Shown = 20;

    private readonly List<string> differences = [];
    private readonly List<string> notes = [];

    public static async Task<SourceSchema> RunAsync(SourceSession session, Contract contract, CancellationToken cancellationToken)
    {
        var check = new SchemaCheck();
        var tables = new List<SourceTable>();
        foreach (var table in contract.Tables)
        {
            var read = await SchemaRead.OfAsync(session, table, cancellationToken);
            tables.Add(check.Compare(table, read));
            check.Note(contract, table, read);
        }

        if (check.differences.Count == 0)
        {
            check.CompareKeys(tables);
        }

        return check.differences.Count == 0 ? new(contract, tables, check.notes) : throw new SourceSchemaException(
            $"Found {check.differences.Count} difference{(check.differences.Count == 1 ? "" : "s")} between '{session.Place}' and contract '{contract.Id}' {contract.Version}: "
            + string.Join("; ", check.differences.Take(Shown)) + (check.differences.Count > Shown ? "; …" : "") + ".",
            "Nothing was read and nothing was loaded.",
            $"Change the source back, or give contracts/{contract.Id.Replace('.', '/')}.odcs.yaml a new version and start with 'lake rerun'; a table that exists may lack SELECT for the user.");
    }

    private SourceTable Compare(ContractTable table, SchemaRead read)
    {
        if (!read.Exists)
        {
            differences.Add($"no table '{table.SourceName}'");
        }
        else if (read.Engine is not (null or "InnoDB" or "ROCKSDB"))
        {
            differences.Add($"table '{table.SourceName}' is stored by {read.Engine}, expected InnoDB, which alone shows one moment");
        }

        var columns = new List<SourceColumn>();
        foreach (var column in table.Columns)
        {
            SqlName.Quote(column.SourceName);
            if (!read.Columns.TryGetValue(column.SourceName, out var found))
            {
                if (read.Exists)
                {
                    differences.Add($"no column '{table.SourceName}.{column.SourceName}'");
                }

                continue;
            }

            var type = SourceType.Parse(found.Type);
            if (!SourceType.Parse(column.Type.SourceType).Accepts(type))
            {
                differences.Add($"column '{table.SourceName}.{column.SourceName}' is {Short(found.Type)}, expected {Short(column.Type.SourceType)}");
            }

            columns.Add(new(column, found.Type, type, found.CharSet, found.Collation));
        }

        return new(table, SqlName.Quote(table.SourceName), columns);
    }

    /// <summary>Units are put together by comparing keys: text keys must compare alike on both sides.</summary>
    private void CompareKeys(List<SourceTable> tables)
    {
        var parent = tables[0].UnitKey;
        foreach (var child in tables.Skip(1))
        {
            foreach (var (own, its) in child.UnitKey.Zip(parent))
            {
                if (own.Collation != its.Collation)
                {
                    differences.Add($"column '{child.Table.SourceName}.{own.Contract.SourceName}' compares by {own.Collation ?? "bytes"}, its parent's '{its.Contract.SourceName}' by {its.Collation ?? "bytes"}");
                }
            }
        }
    }

    private void Note(Contract contract, ContractTable table, SchemaRead read)
    {
        var extra = read.Columns.Keys.Except(table.Columns.Select(column => column.SourceName), StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToList();
        if (extra.Count > 0)
        {
            notes.Add($"Table '{table.SourceName}' has {extra.Count} column(s) that the contract leaves out: {string.Join(", ", extra.Take(Shown))}.");
        }

        if (!read.Exists || read.Engine is null)
        {
            return;
        }

        Indexed(table.CursorColumn, "each window reads the whole table");
        Indexed(table.ParentKey.Count > 0 ? table.ParentKey[0] : table.Key[0], table == contract.Parent ? "each slice reads the whole table" : "each slice searches the whole table for its rows");

        void Indexed(string? column, string cost)
        {
            var name = table.Columns.FirstOrDefault(candidate => candidate.Name == column)?.SourceName;
            if (name is not null && !read.StartsIndex(name))
            {
                notes.Add($"No index of '{table.SourceName}' starts with '{name}': {cost}.");
            }
        }
    }

    private static string Short(string type) => type.Length <= 60 ? type : type[..57] + "…";
}

internal sealed record SourceSchema(Contract Contract, IReadOnlyList<SourceTable> Tables, IReadOnlyList<string> Notes)
{
    public SourceTable Parent => Tables[0];
}
