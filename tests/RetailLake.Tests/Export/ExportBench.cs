using System.IO.Compression;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Export;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Tests.Warehouse;

namespace RetailLake.Tests.Export;

/// <summary>A loaded order feed with a lake beside the warehouse.</summary>
internal sealed class ExportBench(Bench bench, Contract contract) : IAsyncDisposable
{
    public Bench Bench => bench;

    public Contract Contract => contract;

    public FileSystemLake Lake { get; } = new(new Uri(Path.Combine(bench.Home, "lake")).AbsoluteUri);

    public ManthanFeed Feed => new(bench.Warehouse, Lake, TimeProvider.System);

    public ExportDelivery Delivery => new(bench.Warehouse, Lake, TimeProvider.System);

    public RunPlan Plan { get; private set; } = Bench.Plan(contract, 1, 0, 20);

    public static async Task<ExportBench> LoadedAsync(string? lines = null, Func<ManthanSpec, ManthanSpec>? change = null)
    {
        var contract = Samples.Order();
        contract = contract with { Manthan = (change ?? (spec => spec))(contract.Manthan!) };
        var exports = new ExportBench(await Bench.MigratedAsync(contract), contract);
        await exports.LoadAsync(exports.Plan, lines ?? "(12, 1, 'b', 2, 40), (11, 1, 'Soap | 100 g', 1.5, 60)");
        return exports;
    }

    public async Task LoadAsync(RunPlan plan, string lines)
    {
        Plan = plan;
        await bench.LoadAsync(contract, plan, new Dictionary<string, string>
        {
            ["order"] = "(1, '2026-11-21', 100, '2026-11-21 05:00:00', false)",
            ["order_line"] = lines,
            ["payment"] = "(1, 1, 100)",
        });
    }

    public Task<ExportManifest> BuildAsync(string attempt = "a", RunPlan? plan = null) => Feed.BuildAsync(contract, plan ?? Plan, attempt, Bench.None);

    public async Task<string> TextAsync(ExportFile file)
    {
        await using var stream = (await Lake.OpenReadAsync(file.Object.Key, Bench.None))!;
        await using Stream plain = file.Name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return await reader.ReadToEndAsync(Bench.None);
    }

    public ValueTask DisposeAsync() => bench.DisposeAsync();
}
