using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows.Drops;

/// <summary>One landed drop as rows, proven against what the plan lists when <see cref="Finish"/> returns.</summary>
internal sealed class DropRows : IDropRows
{
    private readonly DropRef drop;
    private readonly VerifiedStream stored;
    private readonly DropReader reader;
    private readonly long[] counts;

    private DropRows(DropRef drop, VerifiedStream stored, DropReader reader, int tables)
    {
        this.drop = drop;
        this.stored = stored;
        this.reader = reader;
        counts = new long[tables];
    }

    public int TableIndex => reader.TableIndex;

    public LandedRow Row => reader.Row;

    public long UnitNumber => reader.UnitNumber;

    public RowOrigin? Origin => reader.Origin;

    public long? RecordOffset => reader.RecordOffset;

    public int DocumentNumber => reader.DocumentNumber;

    public IReadOnlyList<TableTotals> Declared => reader.Declared;

    public DocumentScopes? Scopes => reader.Scopes;

    public IReadOnlyDictionary<string, long> Skipped => reader.Skipped;

    public IReadOnlyList<long> Counts => counts;

    /// <exception cref="DropRefusedException">The drop cannot be taken, and its bytes are those that were landed.</exception>
    /// <exception cref="ObjectDamagedException">They are not.</exception>
    public static async Task<DropRows> OpenAsync(ILake lake, IDropReaders readers, Contract contract, DropRef drop, CancellationToken cancellationToken)
    {
        LakeRuntime.AssertStrictGzip();
        var stored = await lake.OpenVerifiedAsync(drop.Object, cancellationToken);
        try
        {
            return new(drop, stored, readers.Open(contract, drop, stored), contract.Tables.Count);
        }
        catch (Exception exception)
        {
            using (stored)
            {
                Prove(stored, exception);
                throw;
            }
        }
    }

    /// <inheritdoc cref="DropReader.TakeTotalsAlone"/>
    public void TakeTotalsAlone() => reader.TakeTotalsAlone();

    /// <inheritdoc cref="DropReader.Read"/>
    /// <exception cref="ObjectDamagedException">The bytes are not those that were landed.</exception>
    public bool Read()
    {
        try
        {
            if (!reader.Read())
            {
                return false;
            }
        }
        catch (DropRefusedException exception)
        {
            Prove(stored, exception);
            throw;
        }

        // A verdict belongs to a number: a reader that leaves one out would give a row the verdict of another.
        return ++counts[TableIndex] == Row.Number ? true : throw new InvalidOperationException(
            $"Found row {Row.Number:N0} of table {TableIndex} in drop '{drop.Id}' where row {counts[TableIndex]:N0} was expected. Nothing was published. Report the drop: its reader is at fault.");
    }

    /// <summary>After the last row: proves the stored bytes.</summary>
    public void Finish() => stored.Finish();

    public void Dispose()
    {
        reader.Dispose();
        stored.Dispose();
    }

    /// <summary>A flipped bit looks like a malformed document; only when the bytes are proven is it the sender's.</summary>
    private static void Prove(VerifiedStream stored, Exception exception)
    {
        if (exception is DropRefusedException)
        {
            stored.Finish();
        }
    }
}
