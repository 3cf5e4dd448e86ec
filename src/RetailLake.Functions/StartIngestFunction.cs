using System.Globalization;
using Amazon.Lambda.Annotations;
using RetailLake.Core.Contracts;
using RetailLake.Core.Runs;

namespace RetailLake.Functions;

/// <summary>Starts a source's state machine once for each of its feeds that is not already running.</summary>
public sealed class StartIngestFunction(ContractCatalog contracts, IStateMachines machines, TimeProvider time)
{
    [LambdaFunction(ResourceName = "StartIngestFunction")]
    public async Task<StartIngestOutput> StartIngest(StartIngestInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        IReadOnlyList<Contract> feeds = input.Feed is { } feed ? [contracts.Get($"{input.Source}.{feed}")] : contracts.OfSource(input.Source);
        if (feeds.Count == 0 && contracts.BrokenOf(input.Source).Count == 0)
        {
            // Throws with the known ids: a source without contracts is a mistake, not an empty success.
            _ = contracts.Get($"{input.Source}.<any>");
        }

        var running = await machines.RunningAsync(input.Source, CancellationToken.None);
        var started = new List<StartedFeed>(feeds.Count);
        foreach (var contract in feeds)
        {
            started.Add(await StartAsync(contract, input.Tick ?? time.GetUtcNow(), running));
        }

        var broken = input.Feed is null ? contracts.BrokenOf(input.Source) : [];
        started.AddRange(broken.Select(file => new StartedFeed(Path.GetFileName(file).Split('.')[0], "", StartOutcome.Refused)));
        return new(started);
    }

    private async Task<StartedFeed> StartAsync(Contract contract, DateTimeOffset tick, IReadOnlyList<string> running)
    {
        var name = $"{contract.Feed}-{tick.UtcDateTime.ToString(tick.Millisecond == 0 ? "yyyyMMdd'T'HHmmss'Z'" : "yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture)}";
        if (running.FirstOrDefault(execution => ExecutionName.IsOf(contract.Feed, execution)) is { } other && other != name)
        {
            return new(contract.Feed, other, StartOutcome.AlreadyRunning);
        }

        var input = LakeJson.ToBytes(new { source = contract.Source, feed = contract.Feed });
        var isNew = await machines.StartAsync(contract.Source, name, System.Text.Encoding.UTF8.GetString(input), CancellationToken.None);
        return new(contract.Feed, name, isNew ? StartOutcome.Started : StartOutcome.AlreadyStarted);
    }
}
