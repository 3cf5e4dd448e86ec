using System.Globalization;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Runs;

namespace RetailLake.Functions;

/// <summary>Starts a feed's execution unless one is running; the one way that schedules, landed drops and finished executions share.</summary>
public sealed class FeedStarter(IStateMachines machines, TimeProvider time)
{
    /// <summary>Wake-ups of the same moment get the same name, so that of two at once Step Functions takes one.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);

    /// <param name="tick">When the schedule was due; names the execution.</param>
    /// <param name="running">Names of the source's running executions.</param>
    /// <param name="from">An execution whose rejected rows are released: this one reads from where that one's window began.</param>
    public Task<StartedFeed> StartAsync(Contract contract, DateTimeOffset tick, IReadOnlyList<string> running, string? from = null)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return StartAsync(contract, NameOf(contract, tick), running, from);
    }

    /// <summary>Reads rows again that were rejected. Unlike drops they wait nowhere, so an execution that runs already is no answer.</summary>
    public async Task<StartedFeed> ReadAgainAsync(Contract contract, string from)
    {
        ArgumentNullException.ThrowIfNull(contract);
        var now = time.GetUtcNow();
        var started = await StartAsync(contract, now.AddMilliseconds(now.Millisecond == 0 ? 1 : 0), await machines.RunningAsync(contract.Source, CancellationToken.None), from);
        return started.Outcome == StartOutcome.Started ? started : throw new ReleaseRefusedException(
            $"Found execution '{started.Execution}' of '{contract.Id}' at work; rejected rows are read again by an execution of their own.", "Nothing was started.", "Release again when it is over.");
    }

    /// <summary>Because something is pending. What an execution that runs already does not see is found when it ends, by WakeFeed.</summary>
    /// <param name="ended">An execution that is over. Its event comes within a second, and the list of running ones may still have it.</param>
    public async Task<StartedFeed> WakeAsync(Contract contract, string? ended = null)
    {
        ArgumentNullException.ThrowIfNull(contract);
        var now = time.GetUtcNow();
        var first = NameOf(contract, now.AddTicks(-(now.UtcTicks % Moment.Ticks)));
        var name = first;
        var running = await RunningAsync(contract, ended);
        for (var next = 2; ; next++)
        {
            var started = await StartAsync(contract, name, running);
            if (started.Outcome != StartOutcome.AlreadyStarted)
            {
                return started;
            }

            running = await RunningAsync(contract, ended);
            if (running.Contains(name))
            {
                return started with { Outcome = StartOutcome.AlreadyRunning };
            }

            // It is over already, perhaps without what is pending now. Whoever else sees that takes the same next name.
            name = string.Create(CultureInfo.InvariantCulture, $"{first}-{next}");
        }
    }

    private async Task<StartedFeed> StartAsync(Contract contract, string name, IReadOnlyList<string> running, string? from = null)
    {
        if (running.FirstOrDefault(execution => ExecutionName.IsOf(contract.Feed, execution)) is { } other && other != name)
        {
            return new(contract.Feed, other, StartOutcome.AlreadyRunning);
        }

        var input = LakeJson.ToBytes(new { source = contract.Source, feed = contract.Feed, from });
        var isNew = await machines.StartAsync(contract.Source, name, Encoding.UTF8.GetString(input), CancellationToken.None);
        return new(contract.Feed, name, isNew ? StartOutcome.Started : StartOutcome.AlreadyStarted);
    }

    private static string NameOf(Contract contract, DateTimeOffset tick) =>
        $"{contract.Feed}-{tick.UtcDateTime.ToString(tick.Millisecond == 0 ? "yyyyMMdd'T'HHmmss'Z'" : "yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture)}";

    private async Task<IReadOnlyList<string>> RunningAsync(Contract contract, string? ended) =>
        [.. (await machines.RunningAsync(contract.Source, CancellationToken.None)).Where(execution => execution != ended)];
}
