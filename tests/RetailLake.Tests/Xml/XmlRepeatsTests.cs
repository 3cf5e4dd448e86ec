using System.Numerics;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Rows.Drops;
using RetailLake.Sources.Drops;
using RetailLake.Sources.Xml;
using RetailLake.Tests.Scenarios;
using static RetailLake.Tests.Xml.XmlFeed;

namespace RetailLake.Tests.Xml;

/// <summary>A row that keeps fields of the row before is the row that reads them all.</summary>
public sealed class XmlRepeatsTests(ITestOutputHelper output)
{
    [Fact]
    public void LinesOfABill_RepeatItsKeyAndNoOtherBills()
    {
        var contract = Contract("r/u",
        [
            Table("bill", "r/u", Text("shop", "s"), Text("till", "@t")),
            Table("line", "r/u/g/l", Text("shop", "ancestor::u/s"), Text("till", "ancestor::u/@t"), Text("group", "../@n"), Text("item", "i | ../i"), Number("number", "$index")),
        ]);

        var rows = Read(contract, "<r><u t='1'><s>A</s><g n='x'><i>0</i><l><i>1</i></l><l/></g><g n='y'><l><i>3</i></l></g></u><u><s>B</s><g><l/></g><g><l/></g></u></r>"u8.ToArray());

        rows.Select(row => $"{row.Fields} {row.Repeats:b5}").Should().Equal(
            "0 1 A|1 00000", "1 1 A|1|x|1|1 00000", "1 2 A|1|x|0|2 00111", "1 3 A|1|y|3|3 00011",
            "0 2 B|\\N 00000", "1 4 B|\\N|\\N|\\N|1 00000", "1 5 B|\\N|\\N|\\N|2 00011");
    }

    [Fact]
    public void ValueThatIsRefused_IsReadAgainInEachRow()
    {
        var contract = Contract("r/u", [Table("line", "r/u/l", Day("day", "../d"), Text("own", "."))]);

        Read(contract, "<r><u><d>31/11/2026</d><l>1</l><l>2</l></u><u><d>30/11/2026</d><l>3</l><l>4</l></u></r>"u8.ToArray()).Select(row => $"{row.Fields} {row.Repeats:b2}")
            .Should().Equal("0 1 31/11/2026!|1 00", "0 2 31/11/2026!|2 00", "0 3 2026-11-30|3 00", "0 4 2026-11-30|4 01");
    }

    [Fact]
    public void AnyDocument_GivesTheRowsThatShareNothing()
    {
        var random = Soak.Random(output);
        ContractTable[] tables =
        [
            Table("unit", "r/u", Text("k", "@k"), Trimmed("t", "t"), Text("around", "../@k")),
            Table(
                "line", "r/u/g/l | r/u/l[t]",
                Text("own", "@k"), Trimmed("nearer", "t | ../t | ancestor::u/t"), Text("group", "ancestor::g/@k"), Trimmed("group_t", "ancestor::g/t"), Text("unit", "ancestor::u/@k"), Day("day", "ancestor::u/d"), Number("index", "$index")),
            Table("deep", "r/u/g/l/m", Day("day", "../d | ancestor::g/d"), Trimmed("t", "../t | ancestor::u/t"), Text("k", "../@k | ancestor::g/@k"), Text("kind", "$record")),
        ];
        var (shares, reads) = (Contract("r/u", tables), Contract("r/u", [.. tables.Select(Wide)]));
        var (rows, repeated) = (0, 0L);
        for (var count = Soak.Count(100_000, 3_000); count > 0; count--)
        {
            var document = Encoding.UTF8.GetBytes($"<r k='{random.Next(3)}'>{string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Element(random, "u")))}</r>");

            var shared = Read(shares, document);

            var read = Read(reads, document);
            shared.Select(row => row.Fields).Should().Equal(read.Select(row => row.Fields), Encoding.UTF8.GetString(document));
            read.Should().NotContain(row => row.Repeats != 0);
            (rows, repeated) = (rows + shared.Count, repeated + shared.Sum(row => BitOperations.PopCount(row.Repeats)));
        }

        output.WriteLine($"{rows:N0} rows, {repeated:N0} fields repeated");
        repeated.Should().BeGreaterThan(rows / 2);
    }

    private static string Element(Random random, string name)
    {
        var inner = name switch { "u" => "ggl", "g" => "ll", "l" => "m", _ => "" };
        var children = Enumerable.Range(0, 6).Select(_ => random.Next(6) switch
        {
            0 => $"<t>{(random.Next(2) == 0 ? " " : "")}{random.Next(4)}</t>",
            1 => random.Next(4) == 0 ? "<d>31/11/2026</d>" : "<d>30/11/2026</d>",
            _ when inner.Length > 0 => Element(random, inner[random.Next(inner.Length)].ToString()),
            _ => "",
        });
        return $"<{name}{(random.Next(3) == 0 ? "" : $" k='{random.Next(9)}'")}>{string.Concat(children.Take(random.Next(7)))}</{name}>";
    }

    /// <summary>With so many columns nothing is shared; those behind are NULL and left out.</summary>
    private static ContractTable Wide(ContractTable table) =>
        table with { Columns = [.. table.Columns, .. Enumerable.Range(0, ColumnBits.Most).Select(index => Text($"wide{index}", "nothing"))] };

    private static ContractColumn Trimmed(string name, string from) => Text(name, from) with { Format = new FieldFormat { Trim = true } };

    private static ContractColumn Day(string name, string from) => Column(name, from, new ColumnType(ColumnKind.Date, "date")) with { Format = new FieldFormat { Pattern = "dd/MM/yyyy" } };

    /// <summary>The rows, and last what the drop is refused for.</summary>
    private static List<(string Fields, ulong Repeats)> Read(Contract contract, byte[] xml)
    {
        List<(string Fields, ulong Repeats)> rows = [];
        try
        {
            ReadTo(rows, contract, xml);
        }
        catch (DropRefusedException refused)
        {
            rows.Add((refused.Message, 0));
        }

        return rows;
    }

    private static void ReadTo(List<(string Fields, ulong Repeats)> rows, Contract contract, byte[] xml)
    {
        using var reader = new XmlDropReader(contract, XmlRead.Drop, new DropContent(contract, XmlRead.Drop, new MemoryStream(xml)));
        while (reader.Read())
        {
            var row = reader.Row;
            var fields = contract.Tables[reader.TableIndex].Columns.Index().Where(column => !column.Item.Name.StartsWith("wide", StringComparison.Ordinal))
                .Select(column => (row.IsNull(column.Index) ? "\\N" : Encoding.UTF8.GetString(row.Field(column.Index))) + (row.Refusal(column.Index) is null ? "" : "!"));
            rows.Add(($"{reader.TableIndex} {row.Number} {string.Join('|', fields)}", row.Repeats));
        }
    }
}
