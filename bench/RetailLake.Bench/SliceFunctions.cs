using System.Text;
using Microsoft.Extensions.DependencyInjection;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Secrets;
using RetailLake.Core.Streams;
using RetailLake.Local.Home;
using RetailLake.Local.Invocation;
using RetailLake.Local.Running;
using RetailLake.Local.Templates;
using RetailLake.Sources.MySql;

namespace RetailLake.Bench;

/// <summary>LandSlice, ValidateSlice and TransformSlice of the template, by handler string and in JSON, over a plan; no warehouse in the process.</summary>
internal sealed class SliceFunctions : IAsyncDisposable
{
    public const string Land = "LandSliceFunction";
    public const string Validate = "ValidateSliceFunction";
    public const string Transform = "TransformSliceFunction";

    private const int AtOnce = 2;

    private readonly HostOptions options;
    private readonly Contract contract;
    private readonly FunctionHost functions;

    public SliceFunctions(LakeHome home, Contract contract)
    {
        this.contract = contract;
        options = new() { App = BillSource.App, Home = home, ContractFolders = [] };
        var catalog = new ContractCatalog([contract]);
        var application = TemplateReader.Read(Path.Join(options.App, "template.yaml"), HostSettings.Names);
        functions = new(application.Functions.Where(function => function.LogicalId is Land or Validate or Transform), (function, services) =>
        {
            services.AddSingleton(HostSettings.For(function, options));
            services.AddSingleton(catalog);
        }, AtOnce, TimeProvider.System, _ => { });
    }

    public async Task<RunPlan> PlanAsync(string execution)
    {
        var lake = new FileSystemLake(HostSettings.LakeUri(options.Home));
        var source = new MySqlSource(SecretStores.Open(new Uri(options.Home.Secrets).AbsoluteUri));
        var planner = new RunPlanner(lake, [source]);
        return (await planner.PlanAsync(contract, execution, TimeProvider.System.GetUtcNow(), () => Task.FromResult<IReadOnlyList<Core.Sources.CoveredWindow>>([]), default)).Plan;
    }

    /// <summary>Plans the drops that lie in the home, whatever was done with them before.</summary>
    public async Task<RunPlan> PlanDropsAsync(string execution)
    {
        var lake = new FileSystemLake(HostSettings.LakeUri(options.Home));
        var planner = new RunPlanner(lake, [new DropSource(new(lake), (_, _, _, _, _, _) => throw new InvalidOperationException("Planning lands nothing."))]);
        return (await planner.PlanAsync(contract, execution, TimeProvider.System.GetUtcNow(), () => throw new InvalidOperationException("Drops have no windows."), new(new NoHistory(), null), null, default)).Plan;
    }

    /// <summary>Plans the segments that lie in the home, as if nothing had been loaded.</summary>
    public async Task<RunPlan> PlanStreamAsync(string execution)
    {
        var lake = new FileSystemLake(HostSettings.LakeUri(options.Home));
        var planner = new RunPlanner(lake, [new StreamSource(new(lake), new(() => throw new InvalidOperationException("Planning lands nothing.")))]);
        return (await planner.PlanAsync(contract, execution, TimeProvider.System.GetUtcNow(), () => throw new InvalidOperationException("Topics have no windows."), new(null, new NoPositions()), null, default)).Plan;
    }

    /// <summary>Each slice goes through the given functions; two slices at a time, as the machine's host has it.</summary>
    public Task RunAsync(RunPlan plan, params string[] steps) => Parallel.ForEachAsync(plan.Slices, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (slice, _) =>
    {
        foreach (var step in steps)
        {
            var payload = LakeJson.ToBytes(new { run = RunKeys.Of(plan).Run, slice = slice.Number });
            var result = await functions.InvokeAsync(step, payload, default);
            if (result.Error is { } error)
            {
                throw new InvalidOperationException($"{step} of slice {slice.Number} failed with {error.ErrorType}: {error.ErrorMessage}\n{Encoding.UTF8.GetString(result.Payload)}");
            }
        }
    });

    public ValueTask DisposeAsync() => functions.DisposeAsync();

    private sealed class NoHistory : IDropHistory
    {
        public Task<IReadOnlySet<string>> KnownAsync(string contract, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlySet<string>>(new HashSet<string>());

        public Task<IReadOnlyList<LoadedDrop>> WithContentAsync(string contract, IReadOnlyCollection<string> sha256, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<LoadedDrop>>([]);
    }

    private sealed class NoPositions : IStreamPositions
    {
        public Task<IReadOnlyDictionary<TopicPartition, long>> PositionsAsync(string contract, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<TopicPartition, long>>(new Dictionary<TopicPartition, long>());

        public Task<IReadOnlyDictionary<TopicPartition, DateTimeOffset>> LastLoadsAsync(string contract, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<TopicPartition, DateTimeOffset>>(new Dictionary<TopicPartition, DateTimeOffset>());
    }
}
