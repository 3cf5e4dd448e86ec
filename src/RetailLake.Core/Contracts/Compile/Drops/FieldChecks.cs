using System.Text.RegularExpressions;
using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile.Drops;

/// <summary>What the places of all fields demand of format, records and name pattern.</summary>
internal static class FieldChecks
{
    public static void Check(DropSpec spec, IReadOnlyList<DeclaredTable> tables, Regex? pattern, ProblemList problems)
    {
        foreach (var (table, column) in tables.SelectMany(table => table.Columns.Select(column => (table, column))))
        {
            if (column.Column.From is { } from)
            {
                Check(spec, tables, table, column, from, pattern, problems);
            }
        }
    }

    private static void Check(
        DropSpec spec, IReadOnlyList<DeclaredTable> tables, DeclaredTable table, DeclaredColumn column, FieldSource from, Regex? pattern, ProblemList problems)
    {
        var at = column.PlaceOf("from");
        var name = column.Column.Name;
        switch (from)
        {
            case { Scope: FieldScope.FileName, Name: { } group } when pattern is not null && !pattern.GetGroupNames().Contains(group):
            case { Scope: FieldScope.FileName, Name: not null } when pattern is null:
                problems.Add(at, $"Found '$name.{from.Name}' on '{name}', expected a named group of the pattern in 'retaillake.drop'.", "Add the group to 'name', or correct the spelling.");
                break;
            case { Scope: FieldScope.Header } when spec.Records?.Header is null:
                problems.Add(at, $"Found a field of the file's header on '{name}', expected a header type in 'retaillake.records'.", "Name it there, or take another field.");
                break;
            case { Scope: FieldScope.Parent } when spec.Records is null || table == tables[0]:
                problems.Add(at, $"Found a field of the parent's record on '{name}', expected it on a child table of a file with record types.", "Take a field of the record itself.");
                break;
            case { Scope: FieldScope.RowNumber or FieldScope.UnitNumber or FieldScope.IndexInUnit } when column.Column.Format is not null:
                problems.Add(column.PlaceOf("format"), $"Found 'retaillake.format' on '{name}', which is a number that the lake counts, expected none.", "Remove it.");
                break;
            case { Scope: FieldScope.RecordType } when spec.Records is null && spec.Format != DropFormat.Xml:
                problems.Add(at, $"Found '$record' on '{name}' in a file without record types, where it is always NULL.", "Remove the column, or add 'retaillake.records'.");
                break;
            case { Scope: FieldScope.Record, Name: { } header } when spec.Delimited is { Header: false }:
                problems.Add(at, $"Found '{Printable.Of(header)}' for the field of '{name}' in a file without a header, expected a position.", "Add 'retaillake.from: 3', counting from 1.");
                break;
            case { Scope: FieldScope.Record or FieldScope.Parent or FieldScope.Header, Length: > 0 } when spec.Fixed is { RecordLength: > 0 and var length } && from.Position + from.Length - 1 > length:
                problems.Add(at, $"Found the range {from.Position}-{from.Position + from.Length - 1} for '{name}', expected it within the record's {length}.", "Correct the range or 'recordLength'.");
                break;
        }
    }
}
