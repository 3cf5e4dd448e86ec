using System.Globalization;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Landing;
using RetailLake.Core.Runs;

namespace RetailLake.Bench;

/// <summary>The row pipeline against a bare scan and against DuckDB without rules, on the same text in one run: ratios hold where seconds do not.</summary>
internal static class RowsBench
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var rows = arguments is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 1_000_000;
        var rounds = arguments is [_, var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : 3;
        var skipDuckDb = arguments.Contains("--no-duckdb");
        var folder = Directory.CreateTempSubdirectory("bench-rows-").FullName;
        try
        {
            var lake = new FileSystemLake(new Uri(folder).AbsoluteUri);
            var keys = new RunKeys("pos", "sale", "bench");
            var contract = SaleLines.Contract();
            var meter = new StepMeter(rows);
            LandedTable? landed = null;
            await meter.MeasureAsync("land", async () => landed = await SaleLines.LandAsync(lake, keys, rows));
            Console.WriteLine($"{rows:N0} rows, 17 columns, 1 in 100 bad; landed {landed!.ListedObject.Bytes / 1e6:N1} MB gzip; {Environment.ProcessorCount} processors");
            var manifest = new LandedManifest(1, [landed], [], []);
            var tokens = new PersonalTokens("0123456789abcdef"u8);
            for (var round = 0; round < rounds; round++)
            {
                var attempt = $"a{round}";
                await meter.MeasureAsync("scan", () => ScanAsync(lake, landed));
                ValidatedManifest? validated = null;
                await meter.MeasureAsync("validate", async () =>
                    validated = await new RowValidator(lake, contract, keys, tokens).ValidateAsync(manifest, attempt, default));
                CuratedManifest? curated = null;
                await meter.MeasureAsync("transform", async () =>
                    curated = await new ParquetEncoder(lake, contract, keys, tokens).EncodeAsync(manifest, validated!, attempt, default));
                if (round == 0)
                {
                    Console.WriteLine($"valid {validated!.Tables[0].ValidRows:N0}, rejected {validated.Tables[0].RejectedRows:N0}; Parquet {curated!.Tables[0].Object.Bytes / 1e6:N1} MB; peak RSS {StepMeter.PeakMegabytes():N0} MB");
                }

                if (!skipDuckDb)
                {
                    var text = await SaleLines.PlainTextAsync(lake, landed, folder);
                    await meter.MeasureAsync("duckdb", () => DuckDbConversion.RunAsync(text, Path.Join(folder, "duck.parquet")));
                }
            }

            meter.Report();
            if (!skipDuckDb)
            {
                Console.WriteLine($"CPU of DuckDB without rules / CPU of validate + transform: {meter.Cpu("duckdb") / (meter.Cpu("validate") + meter.Cpu("transform")):N2}");
            }

            Console.WriteLine($"CPU of validate + transform / CPU of the bare scan: {(meter.Cpu("validate") + meter.Cpu("transform")) / meter.Cpu("scan"):N2}");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ScanAsync(FileSystemLake lake, LandedTable landed)
    {
        using var reader = TabReader.OverLanded(await lake.OpenVerifiedAsync(landed.ListedObject, default), SaleLines.Columns.Count, landed.Place);
        while (reader.Read())
        {
        }

        if (reader.RowNumber != landed.Rows)
        {
            throw new InvalidOperationException($"Found {reader.RowNumber} rows; {landed.Rows} were landed.");
        }
    }
}
