using System.IO.Compression;
using System.Text;
using RetailLake.Local.Demo.Files;
using static RetailLake.Tests.Demo.Files.Generated;

namespace RetailLake.Tests.Demo.Files;

/// <summary>The label utility and the door cameras.</summary>
public sealed class UtilityFileTests
{
    [Fact]
    public void PriceTags_ArePlantedAsAPlainScriptCountsThem()
    {
        var (bytes, content) = Make(new PriceTagFile(World), 900);
        using var archive = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var text = new MemoryStream();
        archive.CopyTo(text);
        text.ToArray().Should().StartWith(Encoding.UTF8.Preamble.ToArray());
        var records = Semicolons(Encoding.UTF8.GetString(text.ToArray())[1..]);
        var header = records[0];
        var counted = new Recount("selling_price", "copies");

        foreach (var record in records[1..])
        {
            if (record.Length != header.Length || record.Any(field => field.Contains('"') && field.StartsWith("bay", StringComparison.Ordinal)))
            {
                counted.Add(record.Length != header.Length ? "columns" : "quote", null, null);
                continue;
            }

            string Field(string name) => record[Array.IndexOf(header, name)];
            var (mrp, price) = (European(Field("MRP")), European(Field("Selling Price")));
            var reason = !PlainRules.IsEan(Field("EAN")) ? "ean13"
                : price > mrp ? "at_most"
                : !PlainRules.IsTime(Field("Printed At"), "yyyy-MM-dd'T'HH:mm:sszzz") ? "format"
                : Field("Copies") == "0" ? "range"
                : Field("UOM").Length == 0 ? "required"
                : null;
            counted.Add(reason, price, PlainRules.Number(Field("Copies")));
        }

        content.Tables.Single().ShouldBe(counted);
        records.Should().Contain(record => record[4].Contains("\r\n")).And.Contain(record => record[4].Contains(';'));
    }

    [Fact]
    public void PriceTags_HaveTheHeaderThatTheContractNames()
    {
        var names = Contract("util.price_tag").Tables[0].Columns.Select(column => column.From?.Name ?? column.SourceName).Where(name => name != "day");
        using var text = new MemoryStream();
        new PriceTagFile(World).WriteText(text, new PriceTagFile(World).Part(World.Stores[0], Day, 1));

        Semicolons(Encoding.UTF8.GetString(text.ToArray())[1..])[0].Should().Contain(names).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Footfall_IsPlantedAsAPlainScriptCountsIt()
    {
        var (bytes, content) = Make(new FootfallFile(World), 12);
        var counted = new Recount("entered", "exited");
        var shops = new HashSet<string>();

        using var archive = new ZipArchive(new MemoryStream(bytes));
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open(), Encoding.Unicode, detectEncodingFromByteOrderMarks: true);
            var lines = reader.ReadToEnd().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            lines[0].Should().Be($"Footfall report\t21-Nov-2026\t{Path.GetFileNameWithoutExtension(entry.Name)}");
            lines[1].Split('\t').Should().Equal(Contract("util.footfall").Tables[0].Columns.Select(column => column.From?.Name ?? column.SourceName));
            foreach (var row in lines[2..].Select(line => line.Split('\t')))
            {
                shops.Add(row[0]);
                var isNumber = int.TryParse(row[4], out var entered);
                var reason = !isNumber ? "type"
                    : entered < 0 ? "range"
                    : !PlainRules.IsTime(row[3], "HH:mm") ? "format"
                    : row[6].Length > 0 && int.Parse(row[6]) > entered ? "at_most"
                    : PlainRules.Number(row[7]) > 100 ? "range"
                    : !PlainRules.IsMobileOrNone(row[10]) ? "phone_in"
                    : null;
                counted.Add(reason, isNumber ? entered : null, int.Parse(row[5]));
            }
        }

        content.Tables.Single().ShouldBe(counted);
        shops.Should().HaveCount(World.Stores.Length);
    }

    private static decimal European(string text) => PlainRules.Number(text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.'));

    /// <summary>Quotes count at the start of a field only.</summary>
    private static List<string[]> Semicolons(string text)
    {
        List<string[]> records = [];
        List<string> fields = [];
        var field = new StringBuilder();
        var (quoted, fresh) = (false, true);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (quoted)
            {
                if (letter != '"')
                {
                    field.Append(letter);
                }
                else if (at + 1 < text.Length && text[at + 1] == '"')
                {
                    field.Append('"');
                    at++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (letter == '"' && fresh)
            {
                (quoted, fresh) = (true, false);
            }
            else if (letter is ';' or '\n')
            {
                fields.Add(field.ToString().TrimEnd('\r'));
                field.Clear();
                fresh = true;
                if (letter == '\n')
                {
                    records.Add([.. fields]);
                    fields.Clear();
                }
            }
            else
            {
                field.Append(letter);
                fresh = false;
            }
        }

        return records;
    }
}
