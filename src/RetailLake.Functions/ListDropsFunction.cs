using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops.Intake;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Core.Metrics;
using RetailLake.Functions.Hosting;

namespace RetailLake.Functions;

/// <summary>Looks into a source's folders and lists the files that are complete and not taken yet.</summary>
public sealed class ListDropsFunction(ContractCatalog contracts, DropPolls polls, PullsAtWork others, IMetrics metrics)
{
    /// <summary>To note down what was found and to write the list; a server may be silent for as long before that shows.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(120);

    [LambdaFunction(ResourceName = "ListDropsFunction")]
    public Task<ListDropsOutput> ListDrops(ListDropsInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        if (contracts.OfSource(input.Source) is not { Count: > 0 } feeds)
        {
            // Throws with the known ids: a source without contracts is a mistake, not an empty success.
            feeds = [contracts.Get($"{input.Source}.<any>")];
        }

        return context.WithinTimeAsync<ListDropsOutput>(async deadline =>
        {
            var look = new PullLook(input.Execution, input.Pass, input.Down)
            {
                InHand = await others.FilesAsync(input.Source, input.StateMachine, input.Execution, deadline),
                Time = new(() => context.RemainingTime - Reserve),
            };
            var pass = await polls.ListAsync(input.Source, feeds, look, deadline);
            Tell(input, pass, context.Logger);
            var findings = pass.Findings;
            var settles = input.Pass == 0 && findings.SettlesIn > TimeSpan.Zero ? (int)Math.Ceiling(findings.SettlesIn.TotalSeconds) : 0;
            var down = look.StillDown(pass.Down);
            return new(
                input.Source, settles > 0 ? input.Pass + 1 : PullLook.Last, pass.Drops, pass.Key, PullKeys.MapResults(input.Source, input.Execution, input.Pass), settles,
                findings.Waiting, findings.Known, findings.RefusedNames, down, down.Count)
            {
                InHand = findings.InHand, Oversized = findings.Oversized.Count, Postponed = findings.Postponed,
            };
        });
    }

    private void Tell(ListDropsInput input, PullPass pass, ILambdaLogger log)
    {
        if (pass.Findings.RefusedNames > 0)
        {
            log.LogWarning("{Count} names in the folders of {Source} were refused; {Execution}", pass.Findings.RefusedNames, input.Source, input.Execution);
        }

        if (pass.Findings.Postponed > 0)
        {
            log.LogWarning(
                "{Count} files in the folders of {Source} were not looked at by {Execution}: the time was over. What was found is fetched, and the next pull looks at others first.",
                pass.Findings.Postponed, input.Source, input.Execution);
        }

        foreach (var folder in pass.Down)
        {
            log.LogError("The folder of {Feeds} was left for the last look of {Execution}; the others go on. {Error}", string.Join(", ", folder.Feeds), input.Execution, folder.Error.Message);
        }

        foreach (var feed in pass.Findings.Oversized.GroupBy(file => file.Feed))
        {
            metrics.Put($"{input.Source}.{feed.Key}", [Measurement.Count(MetricName.DropsRefused, feed.Count())]);
            log.LogError(
                "{Count} files of {Source}.{Feed} are too large and stay on their server, the first one '{Name}' with {Bytes} bytes; {Most} are allowed. Ask the sender for smaller files, or raise 'maxBytes' in the contract.",
                feed.Count(), input.Source, feed.Key, Shown.Of(feed.First().Name), feed.First().Bytes, feed.First().Most);
        }

        foreach (var feed in pass.Findings.Unreadable.GroupBy(file => file.Feed))
        {
            metrics.Put($"{input.Source}.{feed.Key}", [Measurement.Count(MetricName.DropsRefused, feed.Count())]);
            log.LogError(
                "{Count} control files of {Source}.{Feed} are listed and their server does not let us read them, the first one '{Name}'. Their drops wait, and each pull tries again; ask the sender for the right to read them.",
                feed.Count(), input.Source, feed.Key, Shown.Of(feed.First().Name));
        }
    }
}
