using RetailLake.Core.Contracts;
using RetailLake.Core.Runs;

namespace RetailLake.Sources.FlatFile;

/// <summary>The order of a document's records: header first, trailer last, nothing unknown, and what the trailer states.</summary>
internal sealed class FileRecords : IDisposable
{
    private readonly RecordTypes? types;
    private readonly RecordKinds? kinds;
    private readonly TrailerTotals? totals;
    private readonly FlatLayout layout;
    private readonly SavedRecord header;
    private readonly long[] ignored;
    private readonly long[] rows;
    private long records;
    private bool hasRecords;
    private bool hasTrailer;

    public FileRecords(Contract contract, FlatLayout layout, SavedRecord header)
    {
        (this.layout, this.header, types) = (layout, header, contract.Drop!.Records);
        rows = new long[contract.Tables.Count];
        ignored = new long[types?.Ignored.Count ?? 0];
        if (types is not null)
        {
            kinds = new RecordKinds(types, contract.Tables, layout);
            totals = types.Trailer is null ? null : new TrailerTotals(types.Totals, contract.Tables, layout);
        }
    }

    /// <summary>Whether this document has shown a record of the first table.</summary>
    public bool HasParent => rows[0] > 0;

    public void Begin()
    {
        (records, hasRecords, hasTrailer) = (0, false, false);
        Array.Clear(rows);
    }

    public void Count(int table) => rows[table]++;

    /// <returns>The index of the record's table, or -1 when it is no row.</returns>
    public int Take(RecordScanner scanner)
    {
        if (kinds is null)
        {
            return 0;
        }

        if (hasTrailer)
        {
            throw layout.Faults.Format($"Found record {scanner.RecordNumber:N0} behind the trailer of {layout.Faults.Where}; the trailer is the last one.");
        }

        var (role, index) = kinds.Of(scanner);
        var isFirst = !hasRecords;
        hasRecords = true;
        if (types!.Header is not null && isFirst != (role == RecordRole.Header))
        {
            throw layout.Faults.Format(isFirst
                ? $"Found a first record of type{kinds.Show(scanner)} in {layout.Faults.Where}; the contract expects the header '{types.Header}'."
                : $"Found a second header on record {scanner.RecordNumber:N0} of {layout.Faults.Where}; a file has one.");
        }

        switch (role)
        {
            case RecordRole.Header:
                TakeHeader(scanner);
                return -1;
            case RecordRole.Trailer:
                TakeTrailer(scanner);
                return -1;
            case RecordRole.Ignored:
                ignored[index]++;
                records++;
                return -1;
            case RecordRole.Row:
                records++;
                return index;
            default:
                throw layout.Faults.Format($"Found the unknown type{kinds.Show(scanner)} on record {scanner.RecordNumber:N0} of {layout.Faults.Where}; the contract names all types.");
        }
    }

    /// <summary>The document is read to its end.</summary>
    public void End()
    {
        if (types is { Header: { } expected } && !hasRecords)
        {
            throw layout.Faults.Torn($"Found no record in {layout.Faults.Where}; the contract expects the header '{expected}'.");
        }

        if (types is { Trailer: { } trailer } && !hasTrailer)
        {
            throw layout.Faults.Torn($"Found no trailer '{trailer}' behind {records:N0} records of {layout.Faults.Where}.");
        }
    }

    public Dictionary<string, long> Skipped(long emptyLines)
    {
        var skipped = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var index = 0; index < ignored.Length; index++)
        {
            skipped[types!.Ignored[index]] = ignored[index];
        }

        if (emptyLines > 0)
        {
            skipped[FlatFileReader.EmptyLine] = emptyLines;
        }

        return skipped;
    }

    /// <inheritdoc cref="TrailerTotals.Declared"/>
    public IReadOnlyList<TableTotals> Declared(ReadOnlySpan<long> read) => totals?.Declared(read) ?? [];

    public void Dispose() => totals?.Dispose();

    private void TakeHeader(RecordScanner scanner)
    {
        Check(scanner, "header", types!.HeaderWidth);
        if (!header.Take(scanner, whole: true))
        {
            throw layout.Faults.Format(header.TooLong > 0
                ? $"Found a field of {header.TooLong:N0} bytes in the header of {layout.Faults.Where}; rows take values of at most {SavedRecord.LongestField:N0}."
                : $"Found a header in {layout.Faults.Where} without the fields that the contract takes from it.");
        }
    }

    private void TakeTrailer(RecordScanner scanner)
    {
        Check(scanner, "trailer", types!.TrailerWidth);
        totals!.Take(scanner, rows, records);
        hasTrailer = true;
    }

    /// <summary>A field more or less moves those behind it: all rows would be another shop's.</summary>
    private void Check(RecordScanner scanner, string what, int width)
    {
        if (scanner.Refusal is { } refusal)
        {
            throw layout.Faults.Format($"Found a {what} in {layout.Faults.Where} whose fields cannot be told apart; expected {refusal.Expected}.");
        }

        if (width > 0 && scanner.Width != width)
        {
            throw layout.Faults.Format($"Found a {what} of {scanner.Width:N0} {layout.Unit} in {layout.Faults.Where}; the contract expects {width:N0}.");
        }
    }
}
