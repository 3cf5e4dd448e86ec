using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Curated;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Rows.Validation;
using RetailLake.Core.Runs;

namespace RetailLake.Tests.Rows.Drops;

/// <summary>What landing, judging and encoding allocate may follow drops and slices; never rows.</summary>
public sealed class DropAllocationTests
{
    private const int Bills = 50_000;
    private const int WarmUp = 5_000;

    private static readonly Contract BillsAndLines = DropFixture.Contract(DropFixture.Bills, DropFixture.Lines);
    private static readonly DropRef Drop = new("id", "name", new LakeObject("k", 1, new('0', 64)), 1, DateTimeOffset.UnixEpoch);

    [Fact]
    public void CountingRows_AllocatesNothing()
    {
        var totals = new DropTotals(BillsAndLines, Drop);

        var allocated = Allocated(reader => totals.Add(reader.TableIndex, reader.Row));

        allocated.Should().Be(0);
        totals.Settle([]).Select(table => table.Rows).Should().Equal(Bills, 3 * Bills);
    }

    [Fact]
    public void JudgingRowsAndUnits_AllocatesNothing()
    {
        TableValidation[] tables =
        [
            new(CompiledTable.For(DropFixture.Bills), new LandedTable("bill", "drops", null, Bills)),
            new(CompiledTable.For(DropFixture.Lines), new LandedTable("line", "drops", null, 3 * Bills)),
        ];
        var unit = new DropUnit(tables);
        var number = 0L;

        var allocated = Allocated(reader =>
        {
            if (reader.UnitNumber != number)
            {
                unit.End();
                number = reader.UnitNumber;
            }

            var row = new DropRow(reader.Row, 0, reader.UnitNumber);
            unit.Add(reader.TableIndex, row, tables[reader.TableIndex].Check(row));
        });
        unit.End();

        allocated.Should().Be(0);
        tables.Select(table => table.RejectedRows).Should().Equal(Bills / 50, 3 * Bills / 50);
    }

    [Fact]
    public void EncodingRows_AllocatesByTheBatch()
    {
        var columns = new DropColumns(isStream: false, ParquetTable.BatchRows(1));
        columns.Begin(Drop);
        using var parquet = new ParquetTable(CompiledTable.For(DropFixture.Lines), new PersonalTokens("0123456789abcdef"u8), new MemoryStream(64 * 1024 * 1024), columns);

        var allocated = Allocated(reader =>
        {
            if (reader.TableIndex == 1)
            {
                parquet.Append(new DropRow(reader.Row, 0, reader.UnitNumber));
            }
        });
        parquet.Complete();

        // The writers of a batch's columns and of a row group are objects; a row is not.
        (allocated / (3.0 * (Bills - WarmUp))).Should().BeLessThan(1);
        parquet.Totals.Rows.Should().Be(3 * Bills);
    }

    /// <summary>Bytes that the rows after the first bills cost this thread: the first ones compile code, fill pools, and decide on dictionaries.</summary>
    private static long Allocated(Action<DropReader> each)
    {
        using var reader = new GeneratedReader(BillsAndLines, new MemoryStream(Encoding.ASCII.GetBytes($"{Bills}")));
        var before = 0L;
        while (reader.Read())
        {
            if (before == 0 && reader.UnitNumber == WarmUp)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            each(reader);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
