using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>
/// How the tables are read:
/// <c>window</c> + <c>none</c> | <c>soft</c> (needs the flag) | <c>sweep</c> (refuses the flag), with a cursor on the parent;
/// <c>snapshot</c>, which always sweeps and knows no cursor.
/// </summary>
internal static class ExtractCompiler
{
    public static ExtractSpec? Compile(YamlMap root, IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        if (root.Own("extract") is not YamlMap extract)
        {
            problems.Add(root, "Found no 'retaillake.extract' in the contract, expected how the tables are read.", "Add it to customProperties, e.g. 'value: { mode: window, deletes: none }'.");
            return null;
        }

        var isWindow = extract["mode"].Text() == "window";
        if (isWindow)
        {
            Window(extract, tables, problems);
        }
        else
        {
            Snapshot(extract, tables, problems);
        }

        return new()
        {
            Mode = isWindow ? ExtractMode.Window : ExtractMode.Snapshot,
            Deletes = (isWindow, extract["deletes"].Text()) switch
            {
                (false, _) or (_, "sweep") => DeletePolicy.Sweep,
                (_, "soft") => DeletePolicy.Soft,
                _ => DeletePolicy.None,
            },
            LagSeconds = (int)(extract["lagSeconds"].Integer() ?? 5),
            SliceRows = (int)(extract["sliceRows"].Integer() ?? 500_000),
        };
    }

    private static void Window(YamlMap extract, IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        var deletes = extract["deletes"].Text() ?? "none";
        if (tables.Count > 0 && tables[0].Table.CursorColumn is null)
        {
            problems.Add(tables[0].At, $"Found no cursor in '{tables[0].Table.Name}', expected one: a window is cut along it.", "Mark the column that says when a row last changed with 'retaillake.cursor: true', or use 'mode: snapshot'.");
        }

        if (deletes == "soft" && tables.Count > 0 && tables[0].Table.SoftDeleteColumn is null)
        {
            problems.Add(extract["deletes"]!, $"Found 'deletes: soft' without a column for it in '{tables[0].Table.Name}'.", "Mark the column with 'retaillake.softDelete: true', or use 'deletes: sweep'.");
        }

        foreach (var column in deletes == "soft" ? [] : tables.SelectMany(table => table.Columns).Where(column => column.IsSoftDelete))
        {
            problems.Add(column.PlaceOf("softDelete"), $"Found 'retaillake.softDelete' on '{column.Column.Name}' with 'deletes: {deletes}', expected one way to tell deletions.", "Write 'deletes: soft', or remove the property.");
        }
    }

    private static void Snapshot(YamlMap extract, IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        if (extract["deletes"].Text() is { } deletes && deletes != "sweep")
        {
            problems.Add(extract["deletes"]!, $"Found 'deletes: {deletes}' in snapshot mode, expected none: what is gone from a snapshot is deleted.", "Remove it, or use 'mode: window'.");
        }

        if (extract["lagSeconds"] is { } lag)
        {
            problems.Add(lag, "Found 'lagSeconds' in snapshot mode, which has no window.", "Remove it.");
        }

        foreach (var column in tables.SelectMany(table => table.Columns).Where(column => column.IsCursor || column.IsSoftDelete))
        {
            var own = column.IsCursor ? "cursor" : "softDelete";
            problems.Add(column.PlaceOf(own), $"Found 'retaillake.{own}' on '{column.Column.Name}' in snapshot mode, where it has no effect.", "Remove it, or use 'mode: window'.");
        }
    }
}
