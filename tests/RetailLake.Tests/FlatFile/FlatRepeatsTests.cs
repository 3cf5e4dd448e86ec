using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Drops;
using RetailLake.Sources.Drops;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.FlatFile;

/// <summary>A row that keeps values of header, parent and name from the row before is the row that has them written anew.</summary>
public sealed class FlatRepeatsTests(ITestOutputHelper output)
{
    private static readonly FieldFormat Day = new() { Pattern = "dd/MM/yyyy", Trim = true };

    [Fact]
    public void RowsOfAFile_RepeatWhatIsNotTheirOwn()
    {
        var rows = Read(Feed(Table), FlatDrop.Zip("H,s1,21/11/2026\nB,1\nL,a\nL,b\nB,2\nL,c\nL,d,e\nL,f\nL,g\n", "H,s2,21/11/2026\nB,3\nB,4\n"));

        rows.Select(row => $"{row.Fields} {row.Repeats:b5}").Should().Equal(
            "0 1|s1|2026-11-21|1|gp_17_20261121.csv 00000", "1 a|1|B|s1|1 00000", "1 b|1|B|s1|2 01110", "0 2|s1|2026-11-21|2|gp_17_20261121.csv 10110", "1 c|2|B|s1|3 00000",
            "1 <columns> 00000", "1 f|2|B|s1|5 00000", "1 g|2|B|s1|6 01110", "0 3|s2|2026-11-21|3|gp_17_20261121.csv 00000", "0 4|s2|2026-11-21|4|gp_17_20261121.csv 10110");
    }

    [Fact]
    public void RowBehindARefusedOne_RepeatsNothing()
    {
        var rows = Read(Feed(Table), FlatDrop.Zip("H,s1,31/11/2026\nB,1\nB,2\n", "H,s1,30/11/2026\nB,3\nB,4\n"));

        rows.Select(row => row.Repeats).Should().Equal(0UL, 0UL, 0UL, 0b10110UL);
    }

    [Fact]
    public void AnyFile_GivesTheRowsThatShareNothing()
    {
        var random = Soak.Random(output);
        var (shares, reads) = (Feed(Table), Feed(columns => Table([.. columns, .. Enumerable.Range(0, 64).Select(index => FlatDrop.Column($"w{index}", from: new(FieldScope.FileName)))])));
        var (rows, repeated) = (0, 0);
        for (var round = 0; round < Soak.Count(20_000, 1_000); round++)
        {
            var stored = FlatDrop.Zip([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => File(random))]);

            var shared = Read(shares, stored);

            var read = Read(reads, stored);
            shared.Select(row => row.Fields).Should().Equal(read.Select(row => row.Fields), $"round {round}");
            read.Should().NotContain(row => row.Repeats != 0);
            (rows, repeated) = (rows + shared.Count, repeated + shared.Count(row => row.Repeats != 0));
        }

        output.WriteLine($"{rows:N0} rows, {repeated:N0} of them repeat fields");
        repeated.Should().BeGreaterThan(rows / 8);
    }

    private static Contract Feed(Func<ContractColumn[], ContractColumn[]> table) => FlatDrop.Contract(
        FlatDrop.Delimited(new(",", Header: false)) with
        {
            Records = new("1", "H", null, [], []), Compression = DropCompression.Zip, Replaces = DropScope.Columns, ReplacesColumns = ["shop"],
        },
        FlatDrop.Table("bill", "B", table(
        [
            FlatDrop.Column("no", format: new() { Trim = true }, from: FlatDrop.At(2)), FlatDrop.Column("shop", from: new(FieldScope.Header, Position: 2)),
            FlatDrop.Column("day", ColumnKind.Date, Day, new(FieldScope.Header, Position: 3)), FlatDrop.Column("row", ColumnKind.Int64, from: new(FieldScope.RowNumber)),
            FlatDrop.Column("file", from: new(FieldScope.FileName)),
        ])),
        FlatDrop.Table("line", "L", table(
        [
            FlatDrop.Column("item", from: FlatDrop.At(2)), FlatDrop.Column("bill", from: new(FieldScope.Parent, Position: 2)), FlatDrop.Column("of", from: new(FieldScope.Parent, Position: 1)),
            FlatDrop.Column("shop", from: new(FieldScope.Header, Position: 2)), FlatDrop.Column("row", ColumnKind.Int64, from: new(FieldScope.RowNumber)),
        ])));

    private static ContractColumn[] Table(ContractColumn[] columns) => columns;

    /// <summary>Each row's own columns; a repeated field is the same in the table's row before.</summary>
    private static List<(string Fields, ulong Repeats)> Read(Contract contract, byte[] stored)
    {
        using var reader = new DropReaders().Open(contract, FlatDrop.Ref, new MemoryStream(stored));
        List<(string Fields, ulong Repeats)> rows = [];
        var before = new string[contract.Tables.Count][];
        while (reader.Read())
        {
            var row = reader.Row;
            string[] fields = [.. Enumerable.Range(0, 5).Select(index => (row.Refusal(index) is null ? "" : "!") + (row.IsNull(index) ? "NULL" : Encoding.UTF8.GetString(row.Field(index))))];
            Enumerable.Range(0, 5).Where(index => ColumnBits.Has(row.Repeats, index) && before[reader.TableIndex][index] != fields[index]).Should().BeEmpty();
            before[reader.TableIndex] = fields;
            rows.Add(($"{reader.TableIndex} {(row.RowRefusal is { } refusal ? $"<{refusal.Code}>" : string.Join('|', fields))}", row.Repeats));
        }

        return rows;
    }

    private static string File(Random random)
    {
        var text = new StringBuilder($"H,{(random.Next(8) == 0 ? "" : $"s{random.Next(2)}")},{random.Next(20, 32)}/11/2026\n");
        for (var record = random.Next(12); record > 0; record--)
        {
            text.Append(random.Next(4) == 0 ? "B" : "L").Append(random.Next(10) == 0 ? "" : random.Next(4) == 0 ? $",\" {random.Next(3)}\"" : $",{random.Next(3)}").Append(random.Next(12) == 0 ? ",x\n" : "\n");
        }

        return text.ToString();
    }
}
