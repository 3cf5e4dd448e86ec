using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Sources.Drops;

namespace RetailLake.Sources.FlatFile;

/// <summary>What a contract of flat files must have before anything is read.</summary>
internal static class FlatFileRules
{
    public static void Check(Contract contract, FlatLayout layout)
    {
        var (spec, faults) = (contract.Drop!, layout.Faults);
        if (spec.Records is null && contract.Tables.Count > 1)
        {
            throw faults.Contract($"Found {contract.Tables.Count} tables and no 'retaillake.records' to tell their records apart");
        }

        if (spec.Records is not null && layout.HasHeaderRow)
        {
            throw faults.Contract("Found record types beside a header row of names");
        }

        if (spec.Proof.Kind == ProofKind.Trailer && spec.Records?.Trailer is null)
        {
            throw faults.Contract("Found a trailer as the proof of completeness, and no type of trailer");
        }

        if (!DropText.IsKnown(spec.Encoding))
        {
            throw faults.Contract($"Found the encoding '{spec.Encoding}', which is not read,");
        }

        if (spec.Records?.Header is null && Takes(contract.Tables, FieldScope.Header))
        {
            throw faults.Contract("Found a column that takes its value from the header, and no type of header");
        }

        if (Takes(contract.Tables.Take(1), FieldScope.Parent))
        {
            throw faults.Contract("Found a column of the first table that takes its value from a parent record; it is the parent");
        }

        // Text is brought to UTF-8 before it is cut: what were no characters would not be the sender's bytes any more.
        if (spec.Encoding != "utf-8" && contract.Tables.SelectMany(table => table.Columns).FirstOrDefault(column => column.Type.Kind == ColumnKind.Binary) is { } binary)
        {
            throw faults.Contract($"Found the binary column '{binary.Name}' in {spec.Encoding} text; bytes are only in files of utf-8");
        }
    }

    /// <summary>Places outside a table's own columns that its records have: the record type, and of the first table what the others take from it.</summary>
    public static IEnumerable<(FieldSource From, ContractColumn? Column)> OtherFields(Contract contract, int table)
    {
        if (contract.Drop!.Records is { } records)
        {
            var parts = records.At.Split('-');
            var first = int.Parse(parts[0], CultureInfo.InvariantCulture);
            yield return (new FieldSource(FieldScope.Record, null, first, int.Parse(parts[^1], CultureInfo.InvariantCulture) - first + 1), null);
        }

        var taken = table > 0 ? [] : contract.Tables.Skip(1).SelectMany(child => child.Columns).Where(column => column.From?.Scope == FieldScope.Parent);
        foreach (var column in taken)
        {
            yield return (column.From!, column);
        }
    }

    private static bool Takes(IEnumerable<ContractTable> tables, FieldScope scope) => tables.Any(table => table.Columns.Any(column => column.From?.Scope == scope));
}
