using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Streams;
using RetailLake.Local.Home;
using RetailLake.Local.Running;

namespace RetailLake.Bench;

/// <summary>
/// Debezium's change events to deduplicated Parquet: through the functions, which judge every row, and arg_max over what they wrote; against DuckDB's read_json with
/// arg_max and no rule, and against Utf8JsonReader.Read alone over the same segments on one thread. Interleaved in one run; the results are compared.
/// </summary>
internal static class StreamBench
{
    private const string Bare = "Utf8JsonReader";
    private const string Duck = "DuckDB";
    private const string Ours = "functions";

    private static readonly string[] Steps = [SliceFunctions.Land, SliceFunctions.Validate, SliceFunctions.Transform];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var events = arguments is [var size, ..] ? int.Parse(size, CultureInfo.InvariantCulture) : 200_000;
        var rounds = arguments is [_, var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : 5;
        var folder = Directory.CreateTempSubdirectory("bench-stream-").FullName;
        try
        {
            foreach (var withSchema in new[] { false, true })
            {
                await RunAsync(new LakeHome(Path.Join(folder, withSchema ? "schema" : "plain")).Create(), events, rounds, withSchema);
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(LakeHome home, int events, int rounds, bool withSchema)
    {
        var (lines, duck, ours) = (Path.Join(home.Folder, "events.ndjson"), Path.Join(home.Folder, "duck.parquet"), Path.Join(home.Folder, "ours.parquet"));
        var bytes = await BenchEvents.LandAsync(home, lines, events, withSchema);
        var meter = new StepMeter(events, "M events");
        List<double> bare = [];
        List<double> peer = [];
        await using var functions = new SliceFunctions(home, BenchEvents.Contract);
        for (var round = 0; round < rounds; round++)
        {
            await meter.MeasureAsync(Bare, () => ReadAsync(home));
            await meter.MeasureAsync(Duck, () => ExecuteAsync(EventConversion.OfLines(lines, duck, withSchema)));
            var plan = await functions.PlanStreamAsync($"whole{round}");
            await meter.MeasureAsync(Ours, async () =>
            {
                await functions.RunAsync(plan, Steps);
                await ExecuteAsync(EventConversion.OfCurated(await CuratedAsync(home, plan), ours));
            });
            bare.Add(meter.LastCpu(Ours) / meter.LastCpu(Bare));
            peer.Add(meter.LastCpu(Duck) / meter.LastCpu(Ours));
            // Of a plan of its own: a step that was done is adopted, and costs nothing.
            plan = await functions.PlanStreamAsync($"steps{round}");
            foreach (var step in Steps)
            {
                await meter.MeasureAsync(step.Replace("SliceFunction", "", StringComparison.Ordinal), () => functions.RunAsync(plan, step));
            }
        }

        await AssertEqualAsync(duck, ours);
        Console.WriteLine($"{(withSchema ? "with schema" : "without schema")}: {events:N0} events and their repeats, {bytes / 1e6:N0} MB of JSON, {rounds} rounds, {Environment.ProcessorCount} processors; both results are equal");
        meter.Report();
        Console.WriteLine($"CPU of DuckDB without rules / CPU of land, validate, transform and deduplication: {Ratios.Spread(peer)}; CPU of these / CPU of Utf8JsonReader.Read alone: {Ratios.Spread(bare)}");
    }

    private static async Task ReadAsync(LakeHome home)
    {
        var lake = new FileSystemLake(HostSettings.LakeUri(home));
        await foreach (var key in lake.ListAsync("landing/", default))
        {
            using var segment = SegmentReader.Open((await lake.OpenReadAsync(key, default))!, key);
            while (segment.Read())
            {
                var reader = new Utf8JsonReader(segment.Value!.Value.Span);
                while (reader.Read())
                {
                }
            }
        }
    }

    private static async Task<IReadOnlyList<string>> CuratedAsync(LakeHome home, RunPlan plan)
    {
        var lake = new FileSystemLake(HostSettings.LakeUri(home));
        List<string> files = [];
        foreach (var slice in plan.Slices)
        {
            var curated = await lake.ReadAsync<CuratedManifest>(RunKeys.Of(plan).Curated(slice.Number), default);
            files.AddRange(curated.Tables.Select(table => Path.Join(home.Lake, table.Object.Key)));
        }

        return files;
    }

    private static async Task AssertEqualAsync(string duck, string ours)
    {
        if (await RunAsync($"SELECT COUNT(*) FROM ((FROM '{duck}' EXCEPT FROM '{ours}') UNION ALL (FROM '{ours}' EXCEPT FROM '{duck}'))", command => command.ExecuteScalarAsync()) is not 0L)
        {
            throw new InvalidOperationException("Found rows that differ between DuckDB's result and that of the functions.");
        }
    }

    private static Task<int> ExecuteAsync(string statement) =>
        RunAsync($"SET memory_limit = '1GB'; SET threads = 2; SET preserve_insertion_order = false; {statement}", command => command.ExecuteNonQueryAsync());

    private static async Task<T> RunAsync<T>(string statement, Func<DuckDBCommand, Task<T>> run)
    {
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Paths are this benchmark's own.
        command.CommandText = statement;
#pragma warning restore CA2100
        return await run(command);
    }
}
