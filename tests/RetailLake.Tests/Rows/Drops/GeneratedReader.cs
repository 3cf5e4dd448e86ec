using System.Buffers.Text;
using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Rows.Drops;

namespace RetailLake.Tests.Rows.Drops;

/// <summary>
/// Bills of three lines made up in place of being read, as many as the stored text says: what its rows cost is the pipeline's cost. Parents
/// stand behind their lines, and one bill in fifty has a bad line.
/// </summary>
internal sealed class GeneratedReader(Contract contract, Stream stored) : DropReader
{
    private const int LinesOfBill = 3;

    private readonly byte[] buffer = new byte[256];
    private readonly LandedRow[] rows = [.. contract.Tables.Select(table => new LandedRow(table.Columns.Count))];
    private readonly long bills = long.Parse(new StreamReader(stored, leaveOpen: true).ReadToEnd(), CultureInfo.InvariantCulture);
    private int place = LinesOfBill;

    public override bool Read()
    {
        if (place == LinesOfBill)
        {
            place = 0;
            if (++UnitNumber > bills)
            {
                return false;
            }

            Begin(1, (UnitNumber - 1) * LinesOfBill + 1);
        }
        else if (++place < LinesOfBill)
        {
            Begin(1, (UnitNumber - 1) * LinesOfBill + 1 + place);
        }
        else
        {
            Begin(0, UnitNumber);
        }

        return true;
    }

    public override void Dispose()
    {
        foreach (var row in rows)
        {
            row.Dispose();
        }
    }

    private void Begin(int table, long number)
    {
        TableIndex = table;
        Row = rows[table];
        Row.Begin(buffer, number);
        if (table == 0)
        {
            Number(0, UnitNumber);
            Text(1, "3.00"u8);
            Scratch(2, "9876543210"u8);
        }
        else
        {
            Number(0, number);
            Number(1, UnitNumber);
            Text(2, UnitNumber % 50 == 0 && place == 1 ? "-1.00"u8 : "1.00"u8);
            Scratch(3, "an article's name"u8);
        }

        Row.IsPlainAscii = true;
    }

    private void Number(int index, long value)
    {
        Utf8Formatter.TryFormat(value, buffer.AsSpan(32 * index), out var length);
        Row.Set(index, 32 * index, length);
    }

    private void Text(int index, ReadOnlySpan<byte> text)
    {
        text.CopyTo(buffer.AsSpan(32 * index));
        Row.Set(index, 32 * index, text.Length);
    }

    private void Scratch(int index, ReadOnlySpan<byte> text)
    {
        text.CopyTo(Row.BeginScratch(text.Length));
        Row.EndScratch(index, text.Length);
    }
}

internal sealed class GeneratedReaders : IDropReaders
{
    public DropReader Open(Contract contract, DropRef drop, Stream stored) => new GeneratedReader(contract, stored);
}
