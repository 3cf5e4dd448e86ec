using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Local.Demo.Files;
using static RetailLake.Tests.Demo.Files.Generated;

namespace RetailLake.Tests.Demo.Files;

public sealed class TillCountFileTests
{
    private static readonly TillCountFile Feed = new(World);
    private static readonly string[] Tenders = ["CASH", "UPI", "CARD", "WALLET", "GIFT", "CREDITNT"];

    [Fact]
    public void Planted_IsWhatAPlainScriptCounts()
    {
        var (bytes, content) = Make(Feed, 2_000);
        var counted = new Recount("bills", "expected_amount", "counted_amount", "difference_amount");

        foreach (var line in Lines(bytes).Where(line => line[0] == 'D'))
        {
            string Field(int first, int last) => line[(first - 1)..last];
            var (expected, found) = (PlainRules.Overpunched(Field(23, 34)), PlainRules.Overpunched(Field(35, 46)));
            var difference = Field(47, 57).Trim();
            var signed = PlainRules.Number((difference.EndsWith('-') ? "-" : "") + difference.TrimEnd('-')) / 100;
            signed.Should().Be(found - expected);
            PlainRules.Number(Field(58, 69).TrimStart('*')).Should().BeInRange(0, 20_000);
            var reason = !Tenders.Contains(Field(9, 16).TrimEnd()) ? "values"
                : found < 0 ? "range"
                : Field(70, 79).Trim().Length == 0 ? "required"
                : !PlainRules.IsMobileOrNone(Field(108, 122)) ? "phone_in"
                : Field(123, 136) != "00000000000000" && !PlainRules.IsTime(Field(123, 136), "yyyyMMddHHmmss") ? "format"
                : !"OCR".Contains(line[136]) ? "format"
                : null;
            counted.Add(reason, PlainRules.Number(Field(17, 22)), expected, found, signed);
        }

        content.Tables.Single().ShouldBe(counted);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Trailer_StatesCountAndHashTotals(int error)
    {
        var (bytes, content) = Make(Feed, 400, trailerError: error);

        var lines = Lines(bytes);

        bytes[^1].Should().Be(0x1A);
        lines[0].Should().StartWith("H000220261121202611212240");
        var trailer = lines[^1];
        trailer[0].Should().Be('T');
        PlainRules.Number(trailer[1..9]).Should().Be(content.Tables[0].Rows + error);
        PlainRules.Overpunched(trailer[9..24]).Should().Be(content.Tables[0].Sums["counted_amount"]);
        PlainRules.Number(trailer[24..36]).Should().Be(content.Tables[0].Sums["bills"]);
    }

    [Fact]
    public void TheContractsPlaces_CoverEachRecordWithoutGapOrOverlap()
    {
        var contract = Contract("crt.till_count");
        var places = contract.Tables[0].Columns.Select(column => column.From!).Where(from => from.Scope == FieldScope.Record).OrderBy(from => from.Position).ToList();

        var next = 2;
        foreach (var place in places)
        {
            place.Position.Should().Be(next);
            next += place.Length;
        }

        Lines(Make(Feed, 300).Bytes).Where(line => line[0] == 'D').Should().OnlyContain(line => line.Length == next - 1);
    }

    [Fact]
    public void Names_HaveBytesThatAreOnlyWindows1252()
    {
        var (bytes, _) = Make(Feed, 2_000);

        bytes.Should().Contain((byte)0x92, "it is the apostrophe of D’Souza");
        Action asUtf8 = () => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        asUtf8.Should().Throw<DecoderFallbackException>();
        Encoding.Latin1.GetString(bytes).Should().Contain("Zo\u00EB D");
    }

    private static List<string> Lines(byte[] bytes) => [.. Encoding.Latin1.GetString(bytes).TrimEnd('\u001A').Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];
}
