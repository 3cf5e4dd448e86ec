using System.Diagnostics;
using System.Globalization;
using System.Xml;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Local.Home;
using RetailLake.Local.Running;

namespace RetailLake.Bench;

/// <summary>
/// Drops to Parquet through the functions themselves, round by round in one run: XML against XmlReader.Read alone on one thread over the same
/// bytes, flat files with all rules and their quarantine against DuckDB, which reads, casts and writes without any rule.
/// </summary>
/// <remarks>
/// Several drops, a slice each, two at a time as the Map Run has them; what a step costs is measured beside it, step by step. What runs behind the other side
/// costs a tenth more than behind its own kind, so the peer reads once unmeasured, and the slices go through whole behind the steps. XmlReader and DuckDB are
/// compiled when they start and the functions are not, so the rounds of the first seconds are told apart.
/// </remarks>
internal static class DropBench
{
    private const int Drops = 8;
    private const string Peer = "peer";
    private const string Slices = "slices";

    /// <summary>Methods compiled anew are few after 40 s.</summary>
    private static readonly TimeSpan Compiling = TimeSpan.FromSeconds(40);

    private static readonly string[] Steps = [SliceFunctions.Land, SliceFunctions.Validate, SliceFunctions.Transform];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var megabytes = arguments is [var size, ..] ? int.Parse(size, CultureInfo.InvariantCulture) : 200;
        var rounds = arguments is [_, var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : 5;
        string[] kinds = arguments is [_, _, .. { Length: > 0 } only] ? only : [BenchDrops.Xml, BenchDrops.Lean, BenchDrops.Flat];
        var folder = Directory.CreateTempSubdirectory("bench-drops-").FullName;
        try
        {
            foreach (var kind in kinds)
            {
                await RunAsync(new LakeHome(Path.Join(folder, kind)).Create(), kind, megabytes, rounds);
            }

            Console.WriteLine($"peak RSS of the process: {StepMeter.PeakMegabytes():N0} MB");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(LakeHome home, string kind, int megabytes, int rounds)
    {
        var files = await BenchDrops.LandAsync(home, kind, Drops, megabytes / Drops);
        var bytes = files.Sum(file => new FileInfo(file).Length);
        var meter = new StepMeter(bytes / 1_000, "GB");
        List<double> walls = [];
        List<double> cpus = [];
        await using var functions = new SliceFunctions(home, BenchDrops.Contract(kind));
        var clock = Stopwatch.StartNew();
        var compiles = true;
        for (var round = 0; compiles || walls.Count < rounds; round++)
        {
            if (compiles && clock.Elapsed > Compiling)
            {
                compiles = false;
                Console.WriteLine($"while the runtime compiles, {walls.Count} rounds: {Ratio()}");
                meter = new StepMeter(bytes / 1_000, "GB");
                walls.Clear();
                cpus.Clear();
            }

            await ReadAsync();
            await meter.MeasureAsync(Peer, ReadAsync);
            var plan = await functions.PlanDropsAsync($"steps{round}");
            foreach (var step in Steps)
            {
                await meter.MeasureAsync(step.Replace("SliceFunction", "", StringComparison.Ordinal), () => functions.RunAsync(plan, step));
            }

            var whole = await functions.PlanDropsAsync($"whole{round}");
            await meter.MeasureAsync(Slices, () => functions.RunAsync(whole, Steps));
            walls.Add(meter.LastWall(Peer) / meter.LastWall(Slices));
            cpus.Add(meter.LastCpu(Peer) / meter.LastCpu(Slices));
            if (round == 0)
            {
                Console.WriteLine($"{kind}: {bytes / 1e6:N0} MB in {Drops} drops, {await RowsAsync(home, plan)}, {rounds} rounds, two slices at a time, {Environment.ProcessorCount} processors");
            }
        }

        meter.Report();
        Console.WriteLine(Ratio());

        string Ratio() => kind == BenchDrops.Flat
            ? $"CPU of DuckDB without rules / CPU of land, validate and transform: {Ratios.Spread(cpus)}; goal above 1.00"
            : $"wall of XmlReader.Read alone / wall of all slices through land, validate and transform: {Ratios.Spread(walls)}; goal 1.00";

        Task ReadAsync() => kind == BenchDrops.Flat
            ? DuckDbConversion.RunAsync(Path.Join(Path.GetDirectoryName(files[0]), "drop=*"), Path.Join(home.Folder, "duck.parquet"), isFlat: true)
            : Task.Run(() => files.ToList().ForEach(Read));
    }

    private static async Task<string> RowsAsync(LakeHome home, RunPlan plan)
    {
        var lake = new FileSystemLake(HostSettings.LakeUri(home));
        var (rows, rejected) = (0L, 0L);
        foreach (var slice in plan.Slices)
        {
            var validated = await lake.ReadAsync<ValidatedManifest>(RunKeys.Of(plan).Validated(slice.Number), default);
            (rows, rejected) = (rows + validated.Valid.Sum(table => table.Rows), rejected + validated.Rejected.Sum(table => table.Rows));
        }

        return $"{rows:N0} valid rows, {rejected:N0} rejected";
    }

    private static void Read(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        while (reader.Read())
        {
        }
    }
}
