using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows.Landing;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Rows.Validation;

/// <summary>One landed object as rows, proven by its manifest when <see cref="Finish"/> returns.</summary>
internal sealed class LandedReader : IDisposable
{
    public const string RowsFormat = "mysql-tab";
    public const string KeysFormat = "mysql-keys";

    private readonly LandedTable landed;
    private readonly VerifiedStream stored;

    private LandedReader(LandedTable landed, VerifiedStream stored, int columns)
    {
        this.landed = landed;
        this.stored = stored;
        Rows = TabReader.OverLanded(stored, columns, landed.Place);
    }

    public TabReader Rows { get; }

    public TabRow Row => new(Rows);

    public string Key => landed.Place;

    public static async Task<LandedReader> OpenAsync(ILake lake, LandedTable landed, int columns, CancellationToken cancellationToken)
    {
        return new(landed, await lake.OpenVerifiedAsync(landed.ListedObject, cancellationToken), columns);
    }

    /// <summary>The next row; one that the manifest does not count ends the reading.</summary>
    public bool Read()
    {
        if (!Rows.Read())
        {
            return false;
        }

        return Rows.RowNumber <= landed.Rows ? true : throw OtherCount("more rows");
    }

    /// <summary>After the last row: proves the stored bytes and the number of rows.</summary>
    public void Finish()
    {
        stored.Finish();
        if (Rows.RowNumber != landed.Rows)
        {
            throw OtherCount($"{Rows.RowNumber:N0} rows");
        }
    }

    public void Dispose() => Rows.Dispose();

    private BooksDoNotBalanceException OtherCount(string found) => new(
        $"Found {found} in '{Key}' between landing and validation; its manifest counts {landed.Rows:N0}.",
        "Nothing was published.",
        "Start the work again with 'lake rerun'.");
}
