using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Functions;
using RetailLake.Local.Invocation;

namespace RetailLake.Local.Running;

/// <summary>Takes things out of quarantine through ReleaseQuarantine, and waits for the executions that load them.</summary>
public sealed class Releases(FunctionHost functions, ContractCatalog contracts, Executions executions, Ingest ingest, NamedWork named, ILake lake)
{
    private static readonly JsonSerializerOptions Payload = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <param name="what">See <see cref="NamedWork"/>.</param>
    /// <param name="drops">Ids or names; empty: what is held.</param>
    public async Task<(ReleaseQuarantineOutput Released, IReadOnlyList<FeedOutcome> Outcomes)> RunAsync(
        string what, IReadOnlyList<string> drops, string by, Action<string> note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(what);
        ArgumentNullException.ThrowIfNull(note);
        var (contract, execution) = await FindAsync(what, cancellationToken);
        await AwaitFeedAsync(contract, note, cancellationToken);
        var input = JsonSerializer.SerializeToUtf8Bytes(new ReleaseQuarantineInput(contract.Source, contract.Feed, execution, drops.Count == 0 ? null : drops, by), Payload);
        var result = await functions.InvokeAsync("ReleaseQuarantineFunction", input, cancellationToken);
        if (result.Error is { } error)
        {
            throw new CommandRefusedException(error.ErrorMessage, "No execution was started.", "'lake quarantine list' and 'lake drops' show what is held.");
        }

        var released = JsonSerializer.Deserialize<ReleaseQuarantineOutput>(Encoding.UTF8.GetString(result.Payload), Payload)!;
        return (released, await ingest.FollowAsync(contract.Source, released.Started, note, cancellationToken));
    }

    /// <summary>A load that is under way holds the feed's lock, and rows of a database are read again by an execution of their own.</summary>
    private async Task AwaitFeedAsync(Contract contract, Action<string> note, CancellationToken cancellationToken)
    {
        foreach (var running in executions.List(new(Source: contract.Source, Feed: contract.Feed, Status: "RUNNING", Limit: int.MaxValue)))
        {
            note($"{contract.Id}: waits for {running.Name}, which runs already");
            await executions.WaitAsync(running.Arn, cancellationToken);
        }
    }

    private async Task<FeedExecution> FindAsync(string what, CancellationToken cancellationToken) => await named.FindAsync(what, cancellationToken) switch
    {
        [var one] => one,
        [] => throw await UnknownAsync(what, NamedWork.Split(what).Name, cancellationToken),
        [var first, ..] found => throw new CommandRefusedException(
            $"Found {found.Count} executions named '{first.Execution}': {string.Join(", ", found.Select(of => $"'{of.Contract.Id}/{of.Execution}'"))}.", "Nothing was released.", "Name one with its contract."),
    };

    /// <summary>Says the contract that is missing, where the run or the name tells it.</summary>
    private async Task<CommandRefusedException> UnknownAsync(string what, string name, CancellationToken cancellationToken)
    {
        if (what.Replace('/', '.').Split('.') is [_, var feed] && !feed.Contains('-', StringComparison.Ordinal))
        {
            _ = contracts.Get(what.Replace('/', '.'));
        }

        await foreach (var key in lake.ListAsync("runs/", cancellationToken))
        {
            if (key.EndsWith($"/{name}/plan.json", StringComparison.Ordinal) && key.Split('/')[1] is var id && contracts.All.All(contract => contract.Id != id))
            {
                _ = contracts.Get(id);
            }
        }

        return new($"Found no feed and no planned execution '{what}'.", "Nothing was released.", "List them: lake quarantine list, lake executions. A unit that is held is not released: it is published when its missing rows come.");
    }
}
