using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Local.Demo.Files;
using static RetailLake.Tests.Demo.Files.Generated;

namespace RetailLake.Tests.Demo.Files;

public sealed class GoodsReceiptFileTests
{
    private static readonly GoodsReceiptFile Feed = new(World);
    private static readonly decimal[] Rates = [0, 0.25m, 1.5m, 3, 5, 18, 40];

    [Fact]
    public void Planted_IsWhatAPlainScriptCounts()
    {
        var (bytes, content) = Make(Feed, 500);
        var (heads, lines) = (new Recount("taxable_amount", "tax_amount", "net_amount"), new Recount("product_id", "received_qty", "taxable_amount", "tax_amount"));
        var notes = 0;

        foreach (var unit in Units(bytes))
        {
            notes += unit.Count(record => record[0] == "C");
            var rows = unit.Where(record => record[0] != "C").ToList();
            var reasons = rows.Select(record => record[0] == "G" ? OfHead(record) : OfLine(record)).ToList();
            var falls = reasons.Any(reason => reason is not null) ? PlantedTable.UnitRejected : null;
            var (head, children) = (rows[0], rows[1..]);
            PlainRules.Number(head[14]).Should().Be(children.Count);
            children.Sum(line => PlainRules.Sided(line[13])).Should().Be(PlainRules.Sided(head[15]));
            (PlainRules.Sided(head[15]) + PlainRules.Sided(head[16])).Should().Be(PlainRules.Sided(head[17]));
            heads.Add(reasons[0] ?? falls, PlainRules.Sided(head[15]), PlainRules.Sided(head[16]), PlainRules.Sided(head[17]));
            for (var index = 0; index < children.Count; index++)
            {
                var line = children[index];
                lines.Add(reasons[index + 1] ?? falls, PlainRules.Number(line[2]), PlainRules.Number(line[7]), PlainRules.Sided(line[13]), PlainRules.Sided(line[14]));
            }
        }

        content.Tables[0].ShouldBe(heads);
        content.Tables[1].ShouldBe(lines);
        content.Skipped["C"].Should().Be(notes).And.BeGreaterThan(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Trailer_StatesCountsAndTotals(int error)
    {
        var (bytes, content) = Make(Feed, 90, trailerError: error);

        var trailer = Records(bytes)[^1];

        var (heads, lines) = (content.Tables[0], content.Tables[1]);
        trailer[0].Should().Be("T");
        trailer[1..4].Select(PlainRules.Number).Should().Equal(heads.Rows, lines.Rows + error, heads.Rows + lines.Rows + content.Skipped["C"] + error);
        PlainRules.Sided(trailer[4]).Should().Be(heads.Sums["net_amount"]);
        trailer[5..].Select(PlainRules.Number).Should().Equal(lines.Sums["received_qty"], lines.Sums["product_id"]);
    }

    [Fact]
    public void RecordsAreAsWideAsTheContract_AndEveryPlaceIsTaken()
    {
        var contract = Contract("gp.grn");
        var records = Records(Make(Feed, 200).Bytes);

        foreach (var table in contract.Tables)
        {
            var places = table.Columns.Select(column => column.From!).Where(from => from.Scope == FieldScope.Record).Select(from => from.Position).Order().ToList();
            places.Should().Equal(Enumerable.Range(2, places.Count));
            records.Where(record => record[0] == table.Record).Should().OnlyContain(record => record.Length == places.Count + 1);
        }
    }

    private static string? OfHead(string[] head) => PlainRules.IsGstin(head[6]) && PlainRules.IsMobileOrNone(head[13]) ? null : "gstin";

    private static string? OfLine(string[] line) =>
        !PlainRules.IsEan(line[3]) ? "ean13"
        : line[4].Length is not (4 or 6 or 8) ? "hsn"
        : PlainRules.Number(line[7]) > PlainRules.Number(line[6]) ? "at_most"
        : line[10].Any(letter => !char.IsAsciiDigit(letter) && letter is not (',' or '.')) ? "format"
        : line[16].Length > 0 && !PlainRules.IsTime(line[16], "dd-MMM-yyyy") ? "format"
        : !Rates.Contains(PlainRules.Number(line[12])) ? "values"
        : null;

    private static IEnumerable<List<string[]>> Units(byte[] bytes)
    {
        List<string[]>? unit = null;
        foreach (var record in Records(bytes)[1..^1])
        {
            if (record[0] == "G")
            {
                if (unit is not null)
                {
                    yield return unit;
                }

                unit = [];
            }

            unit!.Add(record);
        }

        yield return unit!;
    }

    private static List<string[]> Records(byte[] bytes) => [.. Encoding.Latin1.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|'))];
}
