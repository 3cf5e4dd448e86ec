using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile.Drops;

/// <summary><c>retaillake.records</c> of the contract and <c>retaillake.record</c> of its tables.</summary>
internal static class RecordTypesCompiler
{
    public static DropSpec Compile(YamlMap root, DropSpec spec, IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        var records = root.Own("records") as YamlMap;
        if (spec.Format == DropFormat.Xml && records is not null)
        {
            problems.Add(records, "Found 'retaillake.records' with an XML file, whose tables are told apart by path.", "Remove it.");
            return spec;
        }

        Tables(spec, records is not null, tables, problems);
        if (records is null)
        {
            return spec;
        }

        var at = FieldGrammar.Parse(records["at"], FieldGrammar.Of(spec.Format), problems);
        if (at is not null && (at.Scope != FieldScope.Record || at.Position == 0))
        {
            problems.Add(records["at"]!, $"Found {records["at"]!.Shown} for the field of the record type, expected a position or range of the record itself.", "Correct it.");
        }

        var types = new RecordTypes(
            records["at"].Text() ?? records["at"].Integer()?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "", records["header"].Text(), records["trailer"].Text(),
            [.. records.Items("ignored").Select(node => node.Text()).OfType<string>()], [.. Totals(records, spec, tables, problems)])
        {
            HeaderWidth = (int)(records["headerWidth"].Integer() ?? 0),
            TrailerWidth = (int)(records["trailerWidth"].Integer() ?? 0),
        };
        Width(records, "header", types.HeaderWidth, tables.SelectMany(table => table.Columns).Select(column => column.Column.From).OfType<FieldSource>().Where(from => from.Scope == FieldScope.Header), problems);
        Width(records, "trailer", types.TrailerWidth, types.Totals.Select(total => total.At), problems);
        Repeats(records, types, tables, problems);
        if (spec.Delimited is { Header: true })
        {
            problems.Add(records, "Found 'retaillake.records' with 'header: true', expected no line of field names in a file of record types.", "Write 'header: false' in 'retaillake.layout'.");
        }

        return spec with { Records = types };
    }

    private static void Tables(DropSpec spec, bool hasRecords, IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        foreach (var table in tables.Where(table => table.Table.Record is null && (hasRecords || spec.Format == DropFormat.Xml)))
        {
            problems.Add(table.At, $"Found no 'retaillake.record' on table '{table.Table.Name}', expected {(hasRecords ? "the record type of its rows" : "the path of its rows' element")}.", "Add it to the table's customProperties.");
        }

        foreach (var table in tables.Where(table => table.Table.Record is not null && !hasRecords && spec.Format != DropFormat.Xml))
        {
            problems.Add(table.At.Own("record")!, $"Found 'retaillake.record' on table '{table.Table.Name}' without 'retaillake.records', expected where a record's type stands.", "Add 'retaillake.records', or remove it.");
        }

        if (!hasRecords && spec.Format != DropFormat.Xml && tables.Count > 1)
        {
            problems.Add(tables[1].At, $"Found {tables.Count} tables in a file without record types, expected one.", "Add 'retaillake.records', or make each table a feed of its own.");
        }
    }

    private static IEnumerable<TrailerTotal> Totals(YamlMap records, DropSpec spec, IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        foreach (var total in records.Maps("totals"))
        {
            var (table, column) = (total["table"].Text(), total["column"].Text());
            var declared = tables.FirstOrDefault(candidate => candidate.Table.Name == table);
            if (table is not null && declared is null)
            {
                problems.Add(total["table"]!, $"Found {total["table"]!.Shown} in a total of the trailer, expected one of {string.Join(", ", tables.Select(known => known.Table.Name))}.", "Correct the spelling.");
            }

            if (column is not null && declared?.Column(column) is not { ControlTotal: true })
            {
                problems.Add(total["column"]!, $"Found {total["column"]!.Shown} in a total of the trailer, expected a column of the named table that is a control total.", "Name the table, and add 'retaillake.controlTotal: true' to the column.");
            }

            if (records["trailer"] is null)
            {
                problems.Add(total, "Found a total without a trailer record.", "Name the trailer's type in 'retaillake.records'.");
            }

            if (FieldGrammar.Parse(total["at"], FieldGrammar.Of(spec.Format), problems) is not { } at)
            {
                continue;
            }

            if (at.Scope != FieldScope.Record || at.Position == 0)
            {
                problems.Add(total["at"]!, $"Found {total["at"]!.Shown} for a total of the trailer, expected a position or range of the trailer itself.", "Correct it, without 'header:' or 'parent:'.");
            }
            else
            {
                yield return new(at, table, column, FormatCompiler.Compile(total["format"], null, problems));
            }
        }
    }

    private static void Width(YamlMap records, string what, int width, IEnumerable<FieldSource> taken, ProblemList problems)
    {
        if (width == 0)
        {
            return;
        }

        var at = records[$"{what}Width"]!;
        if (records[what] is null)
        {
            problems.Add(at, $"Found '{what}Width' without '{what}', expected the type of the record that has this width.", "Name it, or remove the width.");
        }

        if (taken.Select(field => field.Position + Math.Max(field.Length, 1) - 1).DefaultIfEmpty().Max() is var last && last > width)
        {
            problems.Add(at, $"Found '{what}Width: {at.Shown}' and a field of the {what} that ends at {last}, expected it within.", "Correct one of the two.");
        }
    }

    private static void Repeats(YamlMap records, RecordTypes types, IReadOnlyList<DeclaredTable> tables, ProblemList problems)
    {
        var all = tables.Select(table => table.Table.Record).Append(types.Header).Append(types.Trailer).Concat(types.Ignored).OfType<string>().ToList();
        if (all.GroupBy(type => type, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            problems.Add(records, $"Found the record type '{Printable.Of(twice.Key)}' for two things, expected one.", "Give tables, header, trailer and ignored records types that differ.");
        }
    }
}
