using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Sources.Drops;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.FlatFile;

/// <summary>Landing reads the columns of control totals alone: all else that it learns of a drop is what it learns by reading every column.</summary>
public sealed class TotalsAloneTests(ITestOutputHelper output)
{
    private static readonly FieldFormat Grouped = new() { Grouping = DigitGrouping.Indian, Trim = true };

    private static readonly Contract[] Contracts =
    [
        FlatDrop.Contract(FlatDrop.Delimited(new(",", Header: false)), FlatDrop.Table("t", null, Columns(FlatDrop.At(1), FlatDrop.At(2), FlatDrop.At(3)))),
        FlatDrop.Contract(FlatDrop.Delimited(new(",")), FlatDrop.Table("t", null, Columns(Named("key"), Named("units"), Named("amount")))),
        FlatDrop.Contract(FlatDrop.Delimited(new(",", Header: false)), FlatDrop.Table("t", null, FlatDrop.Positions(3))),
        FlatDrop.Contract(
            FlatDrop.Delimited(new(",", Header: false)) with
            {
                Records = new("1", "H", "T", ["C"], [new(FlatDrop.At(2), null, null, null)]), Replaces = DropScope.Columns, ReplacesColumns = ["day"],
            },
            FlatDrop.Table(
                "bill", "B",
                [
                    .. Columns(FlatDrop.At(2), new(FieldScope.Header, Position: 3), FlatDrop.At(3)),
                    FlatDrop.Column("day", from: new(FieldScope.Header, Position: 2)),
                    FlatDrop.Column("number", ColumnKind.Int64, from: new(FieldScope.RowNumber)),
                ]),
            FlatDrop.Table("line", "L", Columns(FlatDrop.At(2), new(FieldScope.Parent, Position: 3), FlatDrop.At(3)))),
        FlatDrop.Contract(FlatDrop.Fixed(new()), FlatDrop.Table("t", null, Columns(FlatDrop.At(1, 2), FlatDrop.At(3, 2), FlatDrop.At(5, 4)))),
        FlatDrop.Contract(FlatDrop.Delimited(new(",", Header: false)) with { Encoding = "us-ascii" }, FlatDrop.Table("t", null, Columns(FlatDrop.At(1), FlatDrop.At(2), FlatDrop.At(3)))),
    ];

    [Fact]
    public void RandomText_GivesTheSameTotalsAndRefusals()
    {
        var random = Soak.Random(output);
        for (var round = 0; round < Soak.Count(60_000, 6_000); round++)
        {
            var contract = Contracts[round % Contracts.Length];
            var text = Text(random, contract);

            Landed(contract, text, totalsAlone: true).Should().Equal(Landed(contract, text, totalsAlone: false), $"round {round}: {Encoding.Latin1.GetString(text)}");
        }
    }

    [Fact]
    public void OtherColumns_AreNotWritten()
    {
        using var reader = new DropReaders().Open(Contracts[0], FlatDrop.Ref, new MemoryStream("a,2,x\n"u8.ToArray()));
        reader.TakeTotalsAlone();

        reader.Read().Should().BeTrue();

        Enumerable.Range(0, 3).Select(reader.Row.IsNull).Should().Equal(true, false, false);
        reader.Row.Refusal(2)!.Code.Should().Be("format");
    }

    /// <summary>What landing states of a drop, and each row as it counts it.</summary>
    private static List<string> Landed(Contract contract, byte[] text, bool totalsAlone)
    {
        using var reader = new DropReaders().Open(contract, FlatDrop.Ref, new MemoryStream(text));
        List<string> landed = [];
        var totals = new DropTotals(contract, FlatDrop.Ref);
        try
        {
            if (totalsAlone)
            {
                reader.TakeTotalsAlone();
            }

            while (reader.Read())
            {
                totals.Add(reader.TableIndex, reader.Row);
                landed.Add($"{reader.TableIndex} {reader.DocumentNumber} {reader.UnitNumber} {reader.Row.Number} {reader.Row.RowRefusal?.Code}");
            }

            landed.AddRange(reader.Skipped.Select(skipped => $"{skipped}"));
            landed.AddRange(reader.Scopes?.Found.Select(scope => string.Join(' ', scope)) ?? []);
            landed.AddRange(reader.Declared.Select(declared => $"{declared.Table} {declared.Rows}"));
            landed.AddRange(totals.Settle(reader.Declared).Select(table => $"{table.Table} {table.Rows} {string.Join(' ', table.Sums)}"));
        }
        catch (DropRefusedException refused)
        {
            landed.Add(refused.Message);
        }

        return landed;
    }

    private static ContractColumn[] Columns(FieldSource key, FieldSource units, FieldSource amount) =>
    [
        FlatDrop.Column("key", ColumnKind.Int64, new() { Pad = '0' }, key),
        FlatDrop.Column("units", ColumnKind.Int64, from: units) with { ControlTotal = true },
        FlatDrop.Column("amount", ColumnKind.Decimal, Grouped, amount) with { ControlTotal = true },
    ];

    private static FieldSource Named(string name) => new(FieldScope.Record, name);

    private static byte[] Text(Random random, Contract contract)
    {
        string[] values = ["1", "02", "\"3\"", "x", "", "-4", "\"1,23\"", "\"5\"6", "é", "\0", "7.5"];
        var text = new StringBuilder(contract.Drop!.Records is not null ? $"H,d{random.Next(2)},{values[random.Next(values.Length)]}\n" : contract.Drop.Delimited is { Header: true } ? "key,amount,other,units\n" : "");
        var records = random.Next(8);
        for (var record = 0; record < records; record++)
        {
            var fields = Enumerable.Range(0, random.Next(12) == 0 ? random.Next(6) : contract.Drop.Delimited is { Header: true } ? 4 : contract.Drop.Records is null ? 3 : 2)
                .Select(_ => values[random.Next(values.Length)]);
            text.Append(contract.Drop.Format == DropFormat.Fixed ? string.Concat(fields).PadRight(random.Next(12) == 0 ? 7 : 8)
                : string.Join(',', contract.Drop.Records is null ? fields : fields.Prepend(random.Next(8) switch { 0 => "C", < 4 => "B", _ => "L" }))).Append('\n');
        }

        text.Append(contract.Drop.Records is null ? "" : $"T,{(random.Next(10) == 0 ? 0 : records)}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
