using RetailLake.Core.Errors;

namespace RetailLake.Sources.MySql;

/// <summary>A table of the draft with its columns that hold the parent's key; none for the parent.</summary>
internal sealed record ContractDraftMember(ContractDraftTable Table, IReadOnlyList<string> ParentKey);

internal static class ContractDraftFamily
{
    /// <summary>The parent first: the table whose whole key all the others refer to.</summary>
    public static IReadOnlyList<ContractDraftMember> Of(IReadOnlyList<ContractDraftTable> tables)
    {
        var families = tables.Select(parent => (parent, members: tables.Where(table => table != parent).Select(table => new ContractDraftMember(table, ParentKey(table, parent))).ToList()));
        var family = families.FirstOrDefault(candidate => candidate.members.All(member => member.ParentKey.Count > 0));
        return family.parent is not null ? [new(family.parent, []), .. family.members] : throw new SourceSchemaException(
            $"Found no foreign keys that make one of {string.Join(", ", tables.Select(table => $"'{table.Name}'"))} the parent of the others.",
            "No contract was written.",
            "Draft one contract per table, or put the tables of one feed together by hand with 'retaillake.parentKey'.");
    }

    private static IReadOnlyList<string> ParentKey(ContractDraftTable table, ContractDraftTable parent)
    {
        var foreign = table.ForeignKeys.FirstOrDefault(key => key.Table == parent.Name && key.References.ToHashSet().SetEquals(parent.Key));
        return foreign is null ? [] : [.. parent.Key.Select(column => foreign.Columns[foreign.References.ToList().IndexOf(column)])];
    }
}
