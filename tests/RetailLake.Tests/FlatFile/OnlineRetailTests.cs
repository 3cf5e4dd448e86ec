using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows;
using RetailLake.Sources.Drops;

namespace RetailLake.Tests.FlatFile;

/// <summary>Forty days of a real web shop, against rows and sums computed with nothing but string operations.</summary>
public sealed class OnlineRetailTests
{
    private static readonly string Folder = Path.Combine(Repository.Shared, "data", "uci_online_retail");

    private static readonly Contract Feed = FlatDrop.Contract(
        FlatDrop.Delimited(new(), ProofKind.Stable),
        FlatDrop.Table(
            "line",
            null,
            FlatDrop.Column("InvoiceNo"),
            FlatDrop.Column("Quantity", ColumnKind.Int32) with { ControlTotal = true },
            FlatDrop.Column("UnitPrice", ColumnKind.Decimal) with { ControlTotal = true, Type = new ColumnType(ColumnKind.Decimal, "decimal(18,5)") { Precision = 18, Scale = 5 } },
            FlatDrop.Column("InvoiceDate", ColumnKind.Timestamp, new() { Pattern = "yyyy-MM-dd HH:mm:ss" }),
            FlatDrop.Column("CustomerID"),
            FlatDrop.Column("Description"),
            FlatDrop.Column("Country")));

    [Fact]
    public void RowsAndSums_AreThoseOfAPlainComputation()
    {
        Assert.SkipUnless(Directory.Exists(Folder), "The samples beside the repository are not there.");

        foreach (var file in Directory.EnumerateFiles(Folder, "*.csv"))
        {
            var totals = ControlTotals.For(Feed.Parent);
            using var stored = File.OpenRead(file);
            using var reader = new DropReaders().Open(Feed, FlatDrop.Ref, stored);
            var descriptions = new List<string?>();
            while (reader.Read())
            {
                reader.Row.IsRefused.Should().BeFalse();
                totals.Add(1, reader.Row.Field(1));
                totals.Add(2, reader.Row.Field(2));
                totals.EndRow();
                descriptions.Add(reader.Row.IsNull(5) ? null : System.Text.Encoding.UTF8.GetString(reader.Row.Field(5)));
            }

            var lines = File.ReadAllText(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Ends).ToList();
            var found = totals.ToTotals();
            found.Rows.Should().Be(lines.Count);
            found.Sums["Quantity"].Should().Be(lines.Sum(line => decimal.Parse(line.Quantity, CultureInfo.InvariantCulture)));
            found.Sums["UnitPrice"].Should().Be(lines.Sum(line => decimal.Parse(line.Price, CultureInfo.InvariantCulture)));
            descriptions.Should().Equal(lines.Select(line => line.Description));
        }
    }

    /// <summary>Only the description may hold commas or quotes: the other fields are counted from both ends.</summary>
    private static (string? Description, string Quantity, string Price) Ends(string line)
    {
        var parts = line.TrimEnd('\r').Split(',');
        var description = string.Join(',', parts[2..^5]);
        description = description.StartsWith('"') ? description[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : description;
        return (description.Length == 0 ? null : description, parts[^5], parts[^3]);
    }
}
