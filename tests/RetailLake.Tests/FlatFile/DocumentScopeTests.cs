using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Sources.Drops;

namespace RetailLake.Tests.FlatFile;

/// <summary>What header and name say a drop is about, whether or not it has rows.</summary>
public sealed class DocumentScopeTests
{
    private static readonly FieldFormat Day = new() { Pattern = "dd/MM/yyyy" };
    private static readonly RecordTypes Types = new("1", "H", "T", [], [new(FlatDrop.At(2), null, null, null)]);

    [Theory]
    [InlineData("H|0017|21/11/2026\nT|0\n", "17,2026-11-21")]
    [InlineData("H|0017|21/11/2026\nB|1|x\nT|1\n", "17,2026-11-21")]
    [InlineData("H|shop|21/11/2026\nT|0\n", "")]
    [InlineData("H|0017|2026-11-21\nT|0\n", "")]
    [InlineData("H||21/11/2026\nT|0\n", "")]
    public void OfAHeader(string text, string scopes) => Scopes(Feed(FromHeader), Encoding.UTF8.GetBytes(text)).Should().Be(scopes);

    [Fact]
    public void OfEachFileInAZip_Once() => Scopes(
        Feed(FromHeader, DropCompression.Zip), FlatDrop.Zip("H|1|21/11/2026\nT|0\n", "H|2|21/11/2026\nB|1|x\nT|1\n", "H|1|21/11/2026\nT|0\n")).Should().Be("1,2026-11-21; 2,2026-11-21");

    [Theory]
    [InlineData("")]
    [InlineData("1|x\n")]
    public void OfTheName_WithoutAnyHeader(string text) => Scopes(
        FlatDrop.Contract(Spec() with { NamePattern = @"gp_(?<store>\d+)_(?<day>\d{8})\.csv" }, Table(
            new(FieldScope.FileName, "store"), new(FieldScope.FileName, "day"), new() { Pattern = "yyyyMMdd" }, record: null, first: 1)),
        Encoding.UTF8.GetBytes(text)).Should().Be("17,2026-11-21");

    [Fact]
    public void OfRows_IsNotTold() => Scopes(
        FlatDrop.Contract(Spec(), Table(FlatDrop.At(2), FlatDrop.At(3), Day, record: null, first: 1)), "1|17|21/11/2026\n"u8.ToArray()).Should().Be("none");

    [Fact]
    public void OfATornFile_ThereIsNoReading() =>
        FlatDrop.RefusalOf(() => Scopes(Feed(FromHeader), "H|0017|21/11/2026\n"u8.ToArray())).Should().Be("torn");

    private static (FieldSource Store, FieldSource Day) FromHeader => (new(FieldScope.Header, Position: 2), new(FieldScope.Header, Position: 3));

    private static DropSpec Spec(DropCompression compression = DropCompression.None) => FlatDrop.Delimited(new("|", Header: false)) with
    {
        Replaces = DropScope.Columns, ReplacesColumns = ["store", "day"], Compression = compression,
    };

    private static Contract Feed((FieldSource Store, FieldSource Day) from, DropCompression compression = DropCompression.None) =>
        FlatDrop.Contract(Spec(compression) with { Records = Types }, Table(from.Store, from.Day, Day, "B", first: 2));

    private static ContractTable Table(FieldSource store, FieldSource day, FieldFormat dayFormat, string? record, int first) => FlatDrop.Table(
        "bill", record,
        FlatDrop.Column("no", from: FlatDrop.At(first)),
        FlatDrop.Column("store", ColumnKind.Int32, new() { Pad = '0' }, store) with { Required = true },
        FlatDrop.Column("day", ColumnKind.Date, dayFormat, day) with { Required = true },
        FlatDrop.Column("note", from: FlatDrop.At(first + 1)) with { Required = true });

    private static string Scopes(Contract contract, byte[] stored)
    {
        using var reader = new DropReaders().Open(contract, FlatDrop.Ref, new MemoryStream(stored));
        while (reader.Read())
        {
        }

        return reader.Scopes is { } scopes ? string.Join("; ", scopes.Found.Select(scope => string.Join(',', scope))) : "none";
    }
}
