using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Sources.Drops;
using RetailLake.Sources.Xml;

namespace RetailLake.Tests.Xml;

/// <summary>What a reader made of one drop: its rows as text, or the code of its refusal.</summary>
internal sealed record XmlRead(IReadOnlyList<XmlReadRow> Rows, IReadOnlyDictionary<string, long> Skipped, DropRefusedException? Refusal)
{
    /// <summary>Positions, from 1, of the rows with a refused value.</summary>
    public IEnumerable<int> Refused => Rows.Index().Where(row => row.Item.IsRefused).Select(row => row.Index + 1);

    public string? Code => Refusal?.Code;

    public static DropRef Drop { get; } = new("00", "sale.xml", new LakeObject("landing/pos/transaction/drop=00", 0, "00"), 1, DateTimeOffset.UnixEpoch);

    public static XmlRead Of(Contract contract, string xml) => Of(contract, Encoding.UTF8.GetBytes(xml));

    public static XmlRead Of(Contract contract, byte[] xml, XmlDocumentFactory? open = null) =>
        Of(contract, new MemoryStream(xml), open);

    public static XmlRead Of(Contract contract, Stream xml, XmlDocumentFactory? open = null)
    {
        using var reader = new XmlDropReader(contract, Drop, new DropContent(contract, Drop, xml), open ?? XmlDropReader.OpenScanner);
        var rows = new List<XmlReadRow>();
        try
        {
            while (reader.Read())
            {
                var row = reader.Row;
                var fields = Enumerable.Range(0, row.Count).Select(index => row.IsNull(index) ? null : Encoding.UTF8.GetString(row.Field(index))).ToArray();
                rows.Add(new(contract.Tables[reader.TableIndex].Name, reader.UnitNumber, row.Number, fields, row.IsRefused));
            }

            return new(rows, reader.Skipped, null);
        }
        catch (DropRefusedException refused)
        {
            return new(rows, reader.Skipped, refused);
        }
    }

    public IEnumerable<XmlReadRow> Of(string table) => Rows.Where(row => row.Table == table);

    /// <summary>One text for comparisons.</summary>
    public string Text() => string.Join('\n', Rows.Select(row => row.ToString())) + "\n" + string.Join(',', Skipped.OrderBy(pair => pair.Key, StringComparer.Ordinal));
}

internal sealed record XmlReadRow(string Table, long Unit, long Number, string?[] Fields, bool IsRefused)
{
    public override string ToString() => $"{Table} {Unit} {Number} {string.Join('|', Fields.Select(field => field ?? "\\N"))}";
}
