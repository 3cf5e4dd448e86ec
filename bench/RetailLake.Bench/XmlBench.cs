using System.Diagnostics;
using System.Globalization;
using System.Xml;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Sources.Drops;
using RetailLake.Sources.Xml;
using RetailLake.Tests.Xml;

namespace RetailLake.Bench;

/// <summary>POSLog to rows, by our scanner and by XmlReader, against XmlReader.Read alone, interleaved over the same bytes in one run.</summary>
internal static class XmlBench
{
    private static readonly Contract Nothing = XmlFeed.Contract("POSLog/Transaction", [XmlFeed.Table("nothing", "POSLog/Transaction/Nothing", XmlFeed.Text("own", "."))]);

    public static int Run(string[] arguments)
    {
        var megabytes = arguments is [var size, ..] ? int.Parse(size, CultureInfo.InvariantCulture) : 100;
        var rounds = arguments is [_, var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : 5;
        foreach (var isLean in new[] { false, true })
        {
            var document = PosLogDocument.Create(megabytes, isLean);
            var rows = Rows(document, XmlDropReader.OpenScanner);
            if (rows != Rows(document, XmlReaderEvents.Open))
            {
                throw new InvalidOperationException($"The scanner gives {rows} rows, XmlReader another number.");
            }

            var (read, bare, scanned, oracle) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                read.Add(Seconds(() => Read(document)));
                bare.Add(Seconds(() => Rows(Nothing, document, XmlDropReader.OpenScanner)));
                scanned.Add(Seconds(() => Rows(document, XmlDropReader.OpenScanner)));
                oracle.Add(Seconds(() => Rows(document, XmlReaderEvents.Open)));
            }

            Console.WriteLine($"{(isLean ? "lean" : "real-like")}: {document.Length / 1e6:N0} MB, {rows:N0} rows, {rounds} rounds interleaved, CPU time");
            Report("XmlReader.Read alone", document, read, read);
            Report("scanner, no rows", document, bare, read);
            Report("scanner to rows", document, scanned, read);
            Report("XmlReader to rows", document, oracle, read);
        }

        return 0;
    }

    private static void Report(string step, byte[] document, List<double> seconds, List<double> limit)
    {
        var ratios = limit.Zip(seconds, (bare, own) => bare / own).Order().ToList();
        Console.WriteLine($"  {step,-22} {document.Length / 1e6 / seconds.Min(),7:N0} MB per CPU second at best; {ratios[ratios.Count / 2]:N2} x XmlReader.Read (median; {ratios[0]:N2} to {ratios[^1]:N2})");
    }

    /// <summary>Of CPU: the machine may have other work.</summary>
    private static double Seconds(Action step)
    {
        using var process = Process.GetCurrentProcess();
        var start = process.TotalProcessorTime;
        step();
        process.Refresh();
        return (process.TotalProcessorTime - start).TotalSeconds;
    }

    private static void Read(byte[] document)
    {
        using var reader = XmlReader.Create(new MemoryStream(document), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        while (reader.Read())
        {
        }
    }

    private static long Rows(byte[] document, XmlDocumentFactory open) => Rows(PosLog.Contract(), document, open);

    private static long Rows(Contract contract, byte[] document, XmlDocumentFactory open)
    {
        var drop = new DropRef("00", "bench.xml", new LakeObject("landing/bench", document.Length, "00"), 1, DateTimeOffset.UnixEpoch);
        using var reader = new XmlDropReader(contract, drop, new DropContent(contract, drop, new MemoryStream(document)), open);
        var rows = 0L;
        while (reader.Read())
        {
            rows++;
        }

        return rows;
    }
}
