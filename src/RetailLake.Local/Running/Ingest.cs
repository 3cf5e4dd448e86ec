using System.Text;
using System.Text.Json;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Errors;
using RetailLake.Core.Streams;
using RetailLake.Functions;
using RetailLake.Local.Invocation;

namespace RetailLake.Local.Running;

/// <summary>Starts feeds as a schedule would, through StartIngest, and waits for their executions.</summary>
public sealed class Ingest(FunctionHost functions, ContractCatalog contracts, Executions executions, LoadReports loads, PendingDrops drops, PendingRecords records)
{
    private const string SliceFailed = "States.ExceedToleratedFailureThreshold";

    private static readonly JsonSerializerOptions Payload = new(JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    /// <summary>All feeds at once; the engine and the host bound what runs at a time.</summary>
    public async Task<IReadOnlyList<FeedOutcome>> RunAsync(IReadOnlyList<FeedRequest> requests, Action<string> note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(note);
        var running = new List<Task<IReadOnlyList<FeedOutcome>>>();
        foreach (var request in requests)
        {
            foreach (var started in (await StartAsync(request, cancellationToken)).Feeds)
            {
                if (started.Outcome == StartOutcome.Refused)
                {
                    note($"{request.Source}.{started.Feed}: refused, its contract is not right");
                    running.Add(Task.FromResult<IReadOnlyList<FeedOutcome>>([Refused(request.Source, started.Feed)]));
                    continue;
                }

                running.Add(FollowAsync(request.Source, started, note, cancellationToken));
            }
        }

        return [.. (await Task.WhenAll(running)).SelectMany(outcomes => outcomes)];
    }

    /// <summary>An execution that was running already may have been planned before the last drops or records landed: then the next one takes them.</summary>
    public async Task<IReadOnlyList<FeedOutcome>> FollowAsync(string source, StartedFeed started, Action<string> note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(started);
        ArgumentNullException.ThrowIfNull(note);
        List<FeedOutcome> outcomes = [];
        while (true)
        {
            note($"{source}.{started.Feed}: {started.Outcome switch
            {
                StartOutcome.Started => "started",
                StartOutcome.AlreadyRunning => "runs already, as",
                _ => "is there already:",
            }} {started.Execution}");
            var outcome = await FollowOneAsync(source, started, note, cancellationToken);
            outcomes.Add(outcome);
            if (outcome.Error is not null || started.Outcome == StartOutcome.Started || !await IsPendingAsync(contracts.Get($"{source}.{started.Feed}"), cancellationToken))
            {
                return outcomes;
            }

            started = (await StartAsync(new(source, started.Feed), cancellationToken)).Feeds.Single();
        }
    }

    private async Task<bool> IsPendingAsync(Contract contract, CancellationToken cancellationToken) =>
        await drops.AnyAsync(contract, cancellationToken) || await records.AnyAsync(contract, cancellationToken);

    private async Task<StartIngestOutput> StartAsync(FeedRequest request, CancellationToken cancellationToken)
    {
        if ((contracts.OfSource(request.Source) is [] && contracts.BrokenOf(request.Source) is []) || request.Feed is not null)
        {
            // Says which contracts there are, before anything is started.
            _ = contracts.Get($"{request.Source}.{request.Feed ?? "<any>"}");
        }

        var input = JsonSerializer.SerializeToUtf8Bytes(new StartIngestInput(request.Source, request.Feed), Payload);
        var result = await functions.InvokeAsync("StartIngestFunction", input, cancellationToken);
        return result.Error is { } error
            ? throw new CommandRefusedException($"Found that StartIngest failed with {error.ErrorType}: {error.ErrorMessage}", "Nothing was started.", "Mend the cause and try again.")
            : JsonSerializer.Deserialize<StartIngestOutput>(Encoding.UTF8.GetString(result.Payload), Payload)!;
    }

    private async Task<FeedOutcome> FollowOneAsync(string source, StartedFeed started, Action<string> note, CancellationToken cancellationToken)
    {
        var machine = SourceMachines.NameOf(source);
        var over = await executions.WaitAsync(executions.ArnOf(machine, started.Execution), cancellationToken);
        var report = executions.Show(over.Arn);
        var contract = $"{source}.{started.Feed}";
        var load = await loads.OfExecutionAsync(contract, started.Execution, cancellationToken);
        var last = report.States is [.., var final] ? final : null;
        var outcome = !over.Succeeded ? "Failed" : load is not null ? "Loaded" : last?.State ?? "Succeeded";
        var duration = (over.Stopped ?? over.Started) - over.Started;
        var (error, cause) = Reason(over, report);
        note(FormattableString.Invariant($"{contract}: {outcome} after {duration.TotalSeconds:N1} s"));
        return new(
            contract, started.Execution, machine, over.Status, outcome, over.Succeeded ? null : report.States.LastOrDefault(visit => visit.Error is not null)?.State ?? last?.State,
            error, cause, load, duration);
    }

    /// <summary>A Map Run says only that it failed; why is what its first failed slice says.</summary>
    private static (string? Error, string? Cause) Reason(ExecutionLine over, ExecutionReport report)
    {
        var slice = over.Error == SliceFailed ? report.Children.Where(child => child.Error is not null).OrderBy(child => child.Stopped).FirstOrDefault() : null;
        return slice is null ? (over.Error, ExecutionCause.Text(over.Cause)) : (slice.Error, ExecutionCause.Text(slice.Cause));
    }

    /// <summary>Nothing was started: the contract's own problems are the reason.</summary>
    private FeedOutcome Refused(string source, string feed)
    {
        var contract = $"{source}.{feed}";
        try
        {
            _ = contracts.Get(contract);
            throw new InvalidOperationException($"StartIngest refused '{contract}', whose contract is right.");
        }
        catch (ContractInvalidException e)
        {
            return new(contract, "", SourceMachines.NameOf(source), "REFUSED", "Refused", null, nameof(ContractInvalidException), e.Message, null, TimeSpan.Zero);
        }
    }
}
