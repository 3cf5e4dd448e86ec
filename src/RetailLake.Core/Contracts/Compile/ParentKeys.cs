namespace RetailLake.Core.Contracts.Compile;

/// <summary>The first table is the parent; each other names its columns that hold the parent's key.</summary>
internal static class ParentKeys
{
    public static void Check(IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        var parent = tables[0];
        if (parent.At.Own("parentKey") is { } own)
        {
            problems.Add(own, $"Found 'retaillake.parentKey' on '{parent.Table.Name}', the first table, which is the parent.", "Remove it, or put the parent first.");
        }

        foreach (var twice in tables.GroupBy(table => table.Table.Name).Where(group => group.Count() > 1))
        {
            problems.Add(twice.Last().At, $"Found the table '{twice.Key}' a second time.", "Keep one of them.");
        }

        foreach (var child in tables.Skip(1))
        {
            Check(parent, child, problems);
        }
    }

    private static void Check(DeclaredTable parent, DeclaredTable child, ProblemList problems)
    {
        var keys = child.Table.ParentKey;
        if (keys.Count != parent.Table.Key.Count)
        {
            problems.Add(
                child.At.Own("parentKey") ?? child.At,
                $"Found {(keys.Count == 0 ? "no" : keys.Count)} columns in 'retaillake.parentKey' of '{child.Table.Name}', expected {parent.Table.Key.Count}: those that hold the key ({string.Join(", ", parent.Table.Key)}) of '{parent.Table.Name}'.",
                "List them in the order of the parent's key; a table that belongs to no row of the parent is a feed of its own.");
            return;
        }

        foreach (var (own, theirs) in keys.Zip(parent.Table.Key))
        {
            if (child.Column(own) is { } column && parent.Column(theirs) is { } key && !Fits(column, key))
            {
                problems.Add(
                    child.At.Own("parentKey")!,
                    $"Found '{child.Table.Name}.{own}' ({Shown(column)}) for the parent's key '{parent.Table.Name}.{theirs}' ({Shown(key)}), expected the same type and classification.",
                    "Declare both alike, or the rows will not find each other.");
            }
        }
    }

    private static bool Fits(ContractColumn column, ContractColumn key) =>
        column.Type.Kind == key.Type.Kind && column.Type.Scale == key.Type.Scale && column.Type.Zone == key.Type.Zone
        && column.Personal == key.Personal && column.Normalise == key.Normalise;

    private static string Shown(ContractColumn column) =>
        $"{column.Type.SourceType}{(column.Personal ? ", personal" : "")}{(column.Normalise is null ? "" : $", {column.Normalise}")}";
}
