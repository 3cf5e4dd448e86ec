using System.Globalization;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Sources.Drops;

namespace RetailLake.Bench;

/// <summary>Bytes per CPU second of the flat-file readers, by the number of columns and by what is done with the values.</summary>
internal static class FlatBench
{
    private static readonly DropRef Drop = new("id", "bench.csv", new LakeObject("landing/bench", 0, "00"), 1, DateTimeOffset.UnixEpoch);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var megabytes = arguments is [var size, ..] ? int.Parse(size, CultureInfo.InvariantCulture) : 500;
        var rounds = arguments is [_, var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : 3;
        var block = new Dictionary<string, (byte[] Text, Contract Contract)>
        {
            ["lines alone"] = (Block(20, ""), Delimited(20, null)),
            ["2 columns"] = (Block(2, ""), Delimited(2, null)),
            ["20 columns"] = (Block(20, ""), Delimited(20, null)),
            ["20 quoted columns"] = (Block(20, "\""), Delimited(20, null)),
            ["20 columns with forms"] = (Block(20, ""), Delimited(20, new FieldFormat { Grouping = DigitGrouping.Indian })),
            ["20 columns of windows-1252"] = (Block(20, ""), Delimited(20, null) with { Drop = Delimited(20, null).Drop! with { Encoding = "windows-1252" } }),
            ["20 fixed places"] = (Block(20, "", fixedPlaces: true), Fixed(20)),
        };
        var meter = new StepMeter(1_000_000);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (name, (text, contract)) in block)
            {
                var times = (int)(megabytes * 1_000_000L / text.Length);
                await meter.MeasureAsync(name, () => Task.Run(() => _ = name == "lines alone" ? CountLines(text, times) : Read(contract, text, times)));
            }
        }

        foreach (var name in block.Keys)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28} {megabytes / meter.Cpu(name),8:N0} MB per CPU second"));
        }

        return 0;
    }

    private static long Read(Contract contract, byte[] text, int times)
    {
        using var stored = new RepeatedStream(text, times);
        using var reader = new DropReaders().Open(contract, Drop, stored);
        long rows = 0;
        while (reader.Read())
        {
            rows += reader.Row.IsRefused ? throw new InvalidOperationException("Found a refused row in text without any.") : 1;
        }

        return rows;
    }

    private static long CountLines(byte[] text, int times)
    {
        long lines = 0;
        for (var time = 0; time < times; time++)
        {
            for (var rest = text.AsSpan(); rest.IndexOf((byte)'\n') is >= 0 and var end; rest = rest[(end + 1)..])
            {
                lines++;
            }
        }

        return lines;
    }

    private static byte[] Block(int columns, string quote, bool fixedPlaces = false)
    {
        var random = new Random(7);
        var text = new StringBuilder();
        while (text.Length < 4_000_000)
        {
            text.AppendJoin(fixedPlaces ? "" : ",", Enumerable.Range(0, columns).Select(_ =>
                fixedPlaces ? $"{random.Next(1_000_000),8:0}" : $"{quote}{random.Next(1_000_000)}{quote}")).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static Contract Delimited(int columns, FieldFormat? format) => Feed(
        new DropSpec { Format = DropFormat.Delimited, Delimited = new DelimitedLayout(Header: false) }, columns, column => new FieldSource(FieldScope.Record, null, column + 1), format);

    private static Contract Fixed(int columns) => Feed(
        new DropSpec { Format = DropFormat.Fixed, Fixed = new FixedLayout() }, columns, column => new FieldSource(FieldScope.Record, null, (8 * column) + 1, 8), null);

    private static Contract Feed(DropSpec spec, int columns, Func<int, FieldSource> from, FieldFormat? format)
    {
        var table = new ContractTable
        {
            Name = "t",
            SourceName = "t",
            Key = ["c0"],
            Columns = [.. Enumerable.Range(0, columns).Select(column => new ContractColumn
            {
                Name = $"c{column}",
                SourceName = $"c{column}",
                Type = new ColumnType(format is null ? ColumnKind.Text : ColumnKind.Decimal, "text") { MaxBytes = 100, Precision = 12, Scale = 2 },
                From = from(column),
                Format = format,
            })],
        };
        return SaleLines.Contract() with { Tables = [table], Drop = spec };
    }

    private sealed class RepeatedStream(byte[] block, int times) : MemoryStream(block)
    {
        private int left = times - 1;

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (Position == Length && left-- > 0)
            {
                Position = 0;
            }

            return base.Read(buffer, offset, count);
        }
    }
}
