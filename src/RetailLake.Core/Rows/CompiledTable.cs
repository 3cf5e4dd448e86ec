using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Rules;

namespace RetailLake.Core.Rows;

/// <summary>A contract's table as parsers and rules over landed bytes. Compile once, use from any thread.</summary>
public sealed class CompiledTable
{
    private CompiledTable(ContractTable table, IReadOnlyList<ContractColumn> columns, bool withRules)
    {
        Table = table;
        Columns = columns;
        Compiled = [.. columns.Select(column => new CompiledColumn(column, IsRequired(column, table), withRules))];
        Comparisons =
        [
            .. columns.SelectMany((column, index) => column.Rules
                .Where(rule => withRules && RuleCompiler.ComparesColumns(rule))
                .Select(rule => ComparisonCompiler.Compile(columns, index, rule))),
        ];
    }

    public ContractTable Table { get; }

    /// <summary>In landing order: all columns, or those of the key.</summary>
    public IReadOnlyList<ContractColumn> Columns { get; }

    internal CompiledColumn[] Compiled { get; }

    internal ComparisonRule[] Comparisons { get; }

    /// <summary>All columns with all their rules.</summary>
    /// <exception cref="Errors.ContractInvalidException">A type or a rule cannot be compiled.</exception>
    public static CompiledTable For(ContractTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new(table, table.Columns, withRules: true);
    }

    /// <summary>The key columns alone, without rules: what a sweep of deleted rows reads.</summary>
    public static CompiledTable ForKeys(ContractTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new(table, [.. table.Key.Select(table.Column)], withRules: false);
    }

    internal int IndexOf(string column)
    {
        for (var index = 0; index < Columns.Count; index++)
        {
            if (Columns[index].Name == column)
            {
                return index;
            }
        }

        return -1;
    }

    private static bool IsRequired(ContractColumn column, ContractTable table) =>
        column.Required || table.Key.Contains(column.Name) || table.ParentKey.Contains(column.Name);
}
