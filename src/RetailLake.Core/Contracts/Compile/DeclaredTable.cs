using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

internal sealed record DeclaredTable(YamlMap At, ContractTable Table, IReadOnlyList<DeclaredColumn> Columns)
{
    public ContractColumn? Column(string name) => Table.Columns.FirstOrDefault(column => column.Name == name);
}
