using System.Globalization;
using RetailLake.Core.Contracts;

namespace RetailLake.Sources.MySql;

internal static class ContractDraftColumns
{
    /// <summary>The lake's name of each column that can be taken; two that come out alike are numbered.</summary>
    public static Dictionary<string, string> NamesOf(ContractDraftTable table)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in table.Columns.Where(column => ContractTypes.IsSourceName(column.Name) && ContractTypes.LogicalTypeOf(column.Type) is not null))
        {
            var name = ContractDraftNames.NameOf(column.Name);
            var unique = name;
            for (var number = 2; names.ContainsValue(unique); number++)
            {
                var ending = "_" + number.ToString(CultureInfo.InvariantCulture);
                unique = name[..Math.Min(name.Length, 63 - ending.Length)] + ending;
            }

            names.Add(column.Name, unique);
        }

        return names;
    }

    /// <summary>A TINYINT(1) in a key is a number: a flag would not tell rows apart.</summary>
    public static string LogicalTypeOf(ContractDraftTable table, ContractDraftColumn column) =>
        ContractTypes.LogicalTypeOf(column.Type) is { } logical && !(logical == "boolean" && table.Key.Contains(column.Name)) ? logical : "integer";
}
