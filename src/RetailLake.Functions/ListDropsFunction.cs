using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Functions.Hosting;

namespace RetailLake.Functions;

/// <summary>Looks into a source's folders and lists the files that are complete and not taken yet.</summary>
public sealed class ListDropsFunction(ContractCatalog contracts, DropPolls polls)
{
    [LambdaFunction(ResourceName = "ListDropsFunction")]
    public async Task<ListDropsOutput> ListDrops(ListDropsInput input, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(context);
        if (contracts.OfSource(input.Source) is not { Count: > 0 } feeds)
        {
            // Throws with the known ids: a source without contracts is a mistake, not an empty success.
            feeds = [contracts.Get($"{input.Source}.<any>")];
        }

        using var deadline = context.Deadline();
        var pass = await polls.ListAsync(input.Source, feeds, input.Execution, input.Pass, deadline.Token);
        var findings = pass.Findings;
        if (findings.RefusedNames > 0)
        {
            context.Logger.LogWarning("{Count} names in the folders of {Source} were refused; {Execution}", findings.RefusedNames, input.Source, input.Execution);
        }

        var settles = input.Pass == 0 && findings.SettlesIn > TimeSpan.Zero ? (int)Math.Ceiling(findings.SettlesIn.TotalSeconds) : 0;
        return new(
            input.Source, input.Pass + 1, pass.Drops, pass.Key, PullKeys.MapResults(input.Source, input.Execution, input.Pass), settles,
            findings.Waiting, findings.Known, findings.RefusedNames);
    }
}
