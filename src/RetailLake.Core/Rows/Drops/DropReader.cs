using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows.Drops;

/// <summary>
/// Reads one drop from its first byte to its last, as rows of the contract's tables in the order of the document. Memory does not grow with
/// the drop. Used by one thread at a time.
/// </summary>
/// <remarks>
/// What is wrong with one record is a refusal of its row, and reading goes on behind it; no later field ever takes its place. What is
/// wrong with the document refuses the drop.
/// </remarks>
public abstract class DropReader : IDisposable
{
    /// <summary>Index of the current row's table in <see cref="Contract.Tables"/>.</summary>
    public int TableIndex { get; protected set; }

    /// <summary>The current row; of one table always the same object.</summary>
    public LandedRow Row { get; protected set; } = null!;

    /// <summary>1-based; the rows of one unit (a bill with its lines) follow each other. A file of one table has a unit per row.</summary>
    public long UnitNumber { get; protected set; }

    /// <summary>Records that the contract tells to skip, by type or element name; counted, never silent.</summary>
    public virtual IReadOnlyDictionary<string, long> Skipped { get; } = new Dictionary<string, long>();

    /// <summary>Grows with each document of an archive, before its first row.</summary>
    public int DocumentNumber { get; protected set; }

    /// <summary>
    /// After the last row, and at the first one of another document: what the trailer of the last document with rows states, by table; sums only of the columns it totals,
    /// rows of all documents, below 0 where no count is stated. Empty: the drop states nothing. A count over all records is compared by the reader, which alone has seen them all.
    /// </summary>
    public virtual IReadOnlyList<TableTotals> Declared { get; } = [];

    /// <summary>After the last row: what headers and the name say the drop is about; null where only rows can say it.</summary>
    public virtual DocumentScopes? Scopes => null;

    /// <summary>Of the current row; null: the drop's own, which is that of all its rows.</summary>
    public virtual RowOrigin? Origin => null;

    /// <summary>Of streams: the offset of the record that the current row stands in; null: rows of drops are named by their numbers.</summary>
    public virtual long? RecordOffset => null;

    /// <summary>
    /// Before the first row, by who sums and does not keep them: of a row's fields only those with a control total are looked at, and the reader may leave all
    /// others NULL. Rows and their refusals, <see cref="Skipped"/>, <see cref="Declared"/>, <see cref="Scopes"/> and what refuses the drop stay as they are.
    /// </summary>
    public virtual void TakeTotalsAlone()
    {
    }

    /// <returns>False after the last row: then the drop is proven complete as far as its own bytes can show it.</returns>
    /// <exception cref="DropRefusedException">The drop as a whole cannot be taken.</exception>
    public abstract bool Read();

    public abstract void Dispose();
}

/// <summary>Opens the reader of a contract's format.</summary>
public interface IDropReaders
{
    /// <param name="drop">Its name and number serve <c>$name</c> and errors.</param>
    /// <param name="stored">The landed bytes, compressed as they came; read to the end and not closed by the reader.</param>
    DropReader Open(Contract contract, DropRef drop, Stream stored);
}
