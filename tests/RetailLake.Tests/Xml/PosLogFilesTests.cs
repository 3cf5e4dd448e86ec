using System.Globalization;
using System.Xml;
using RetailLake.Core.Drops;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Xml;

/// <summary>Real POSLog documents of two vendors, when they lie beside the repository.</summary>
public sealed class PosLogFilesTests(ITestOutputHelper output)
{
    private static readonly string Folder = Path.Combine(Repository.Shared, "data", "poslog");

    public static TheoryData<string> Files() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, "*.xml", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path))]
        : ["none"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Document_GivesTheCountsAndSumsThatAPlainLoopFinds(string file)
    {
        Assert.SkipUnless(Directory.Exists(Folder), "No POSLog documents lie beside the repository.");
        var bytes = File.ReadAllBytes(Path.Combine(Folder, file));
        var expected = Loop(bytes);

        foreach (var namespaces in new[] { Array.Empty<string>(), [PosLog.Namespace] })
        {
            var read = XmlRead.Of(PosLog.Contract(namespaces), bytes);

            read.Refusal.Should().BeNull();
            Of(read, "pos_transaction", 8).Should().Be(expected["pos_transaction"]);
            Of(read, "pos_line", 11).Should().Be(expected["pos_line"]);
            Of(read, "pos_tender", 6).Should().Be(expected["pos_tender"]);
            Of(read, "pos_tax", 8).Should().Be(expected["pos_tax"]);
            read.Skipped.Where(skipped => !skipped.Key.Contains("namespace", StringComparison.Ordinal)).Sum(skipped => skipped.Value)
                .Should().Be(expected["control"].Rows);
            read.Text().Should().Be(XmlRead.Of(PosLog.Contract(namespaces), bytes, XmlReaderEvents.Open).Text());
        }

        output.WriteLine(string.Join(", ", expected.Select(pair => $"{pair.Key} {pair.Value}")));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void CutAnywhere_IsTorn(string file)
    {
        Assert.SkipUnless(Directory.Exists(Folder), "No POSLog documents lie beside the repository.");
        var bytes = File.ReadAllBytes(Path.Combine(Folder, file));
        var end = bytes.AsSpan().LastIndexOf("</POSLog>"u8) + "</POSLog>".Length;
        var random = Soak.Random(output);
        for (var cut = Soak.Count(1_000, bytes.Length > 100_000 ? 30 : 100); cut > 0; cut--)
        {
            XmlRead.Of(PosLog.Contract(), bytes[..random.Next(end)]).Code.Should().Be(DropRefusalCode.Torn);
        }

        XmlRead.Of(PosLog.Contract(), bytes[..end]).Code.Should().BeNull();
    }

    private static (long Rows, decimal Sum) Of(XmlRead read, string table, int amount) =>
        (read.Of(table).LongCount(), read.Of(table).Sum(row => decimal.Parse(row.Fields[amount] ?? "0", CultureInfo.InvariantCulture)));

    /// <summary>The same by paths as text: the first of each kind in its element.</summary>
    private static Dictionary<string, (long Rows, decimal Sum)> Loop(byte[] bytes)
    {
        const string retail = "POSLog/Transaction/RetailTransaction";
        var totals = new[] { "pos_transaction", "pos_line", "pos_tender", "pos_tax", "control" }.ToDictionary(name => name, _ => (Rows: 0L, Sum: 0m));
        using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var path = new List<string>();
        var (grand, isRetail) = (false, false);
        string? amount = null;
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement)
            {
                path.Add(reader.LocalName);
                switch (string.Join('/', path))
                {
                    case "POSLog/Transaction":
                        (grand, isRetail) = (false, false);
                        break;
                    case retail:
                        Count("pos_transaction");
                        isRetail = true;
                        break;
                    case $"{retail}/LineItem/Sale" or $"{retail}/LineItem/Return":
                        Count("pos_line");
                        break;
                    case $"{retail}/LineItem/Tender":
                        Count("pos_tender");
                        break;
                    case $"{retail}/LineItem/Tax" or $"{retail}/LineItem/Sale/Tax" or $"{retail}/LineItem/Return/Tax":
                        Count("pos_tax");
                        break;
                    case $"{retail}/Total" when !grand && reader.GetAttribute("TotalType") == "TransactionGrandAmount":
                        (grand, amount) = (true, "pos_transaction");
                        break;
                    case $"{retail}/LineItem/Sale/ExtendedAmount" or $"{retail}/LineItem/Return/ExtendedAmount":
                        amount = "pos_line";
                        break;
                    case $"{retail}/LineItem/Tender/Amount":
                        amount = "pos_tender";
                        break;
                    case $"{retail}/LineItem/Tax/Amount" or $"{retail}/LineItem/Sale/Tax/Amount" or $"{retail}/LineItem/Return/Tax/Amount":
                        amount = "pos_tax";
                        break;
                }
            }
            else if (reader.NodeType == XmlNodeType.Text && amount is not null)
            {
                totals[amount] = (totals[amount].Rows, totals[amount].Sum + decimal.Parse(reader.Value, CultureInfo.InvariantCulture));
                amount = null;
            }
            else if (reader.NodeType == XmlNodeType.EndElement)
            {
                if (path is [_, "Transaction"] && !isRetail)
                {
                    Count("control");
                }

                path.RemoveAt(path.Count - 1);
            }
        }

        return totals;

        void Count(string table) => totals[table] = (totals[table].Rows + 1, totals[table].Sum);
    }
}
