using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Sources.Drops;

namespace RetailLake.Tests.FlatFile;

public sealed class FlatFileAllocationTests
{
    private const int Rows = 50_000;

    /// <summary>The smallest object has 24 bytes. What other threads make the runtime do once is a few thousand in all, and no property of the rows.</summary>
    private const string OneByte = "an object a row would be 24 bytes a row";

    [Theory]
    [InlineData("utf-8")]
    [InlineData("windows-1252")]
    [InlineData("utf-16le")]
    public void DelimitedRows_AllocateNothing(string encoding)
    {
        var table = FlatDrop.Table(
            "t",
            "D",
            FlatDrop.Column("store", from: new(FieldScope.Header, Position: 2)),
            FlatDrop.Column("amount", ColumnKind.Decimal, new() { Grouping = DigitGrouping.Indian, Sign = SignStyle.CreditDebit, Trim = true }, FlatDrop.At(2)),
            FlatDrop.Column("at", ColumnKind.Timestamp, new() { Pattern = "dd-MMM-yyyy HH:mm:sszzz" }, FlatDrop.At(3)) with { Type = new ColumnType(ColumnKind.Timestamp, "timestamp") { Zone = "Europe/Berlin" } },
            FlatDrop.Column("flag", ColumnKind.Boolean, new() { Map = new Dictionary<string, string> { ["Y"] = "1", ["N"] = "0" } }, FlatDrop.At(4)),
            FlatDrop.Column("name", from: FlatDrop.At(5)),
            FlatDrop.Column("row", ColumnKind.Int64, from: new(FieldScope.RowNumber)),
            FlatDrop.Column("file", from: new(FieldScope.FileName)));
        var spec = FlatDrop.Delimited(new("|", Header: false)) with { Encoding = encoding, Records = new RecordTypes("1", "H", null, ["C"], []) };
        var text = "H|S17\n" + string.Concat(Enumerable.Range(0, Rows).Select(row =>
            $"D|1,23,{row % 1000:000}.50 CR|21-Nov-2026 0{row % 10}:30:00+05:30|{(row % 3 == 0 ? "Y" : row % 3 == 1 ? "N" : "?")}|\"Rice \"\"é\"\" {row}\"\n{(row % 10 == 0 ? "C\n\nD|1\n" : "")}"));

        Allocated(FlatDrop.Contract(spec, table), Encode(encoding, text)).Should().BeLessThan(Rows, OneByte);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(22)]
    public void FixedRows_AllocateNothing(int recordLength)
    {
        var table = FlatDrop.Table(
            "t",
            null,
            FlatDrop.Column("code", from: FlatDrop.At(1, 6), format: new() { Pad = '0' }),
            FlatDrop.Column("amount", ColumnKind.Decimal, new() { ImpliedDecimals = 2, Sign = SignStyle.Overpunch }, FlatDrop.At(7, 6)),
            FlatDrop.Column("name", from: FlatDrop.At(13, 10), format: new() { Trim = true }));
        var text = string.Concat(Enumerable.Range(0, Rows).Select(row => $"{row:000000}00123J{(row % 2 == 0 ? "Rice" : "Réis"),-10}{(recordLength == 0 ? "\r\n" : "")}"));

        Allocated(FlatDrop.Contract(FlatDrop.Fixed(new(RecordLength: recordLength)), table), Encoding.UTF8.GetBytes(text)).Should().BeLessThan(Rows, OneByte);
    }

    private static byte[] Encode(string encoding, string text) => encoding switch
    {
        "utf-8" => Encoding.UTF8.GetBytes(text),
        "utf-16le" => Encoding.Unicode.GetBytes(text),
        _ => Encoding.Latin1.GetBytes(text),
    };

    private static long Allocated(Contract contract, byte[] stored)
    {
        using var reader = new DropReaders().Open(contract, FlatDrop.Ref, new MemoryStream(stored));
        for (var row = 0; row < 100; row++)
        {
            reader.Read().Should().BeTrue();
        }

        var (rows, before) = (100, GC.GetAllocatedBytesForCurrentThread());
        while (reader.Read())
        {
            rows++;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        rows.Should().BeGreaterThanOrEqualTo(Rows);
        return allocated;
    }
}
