using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Local.Running;

/// <summary>
/// What a person names: a feed (<c>gp.grn</c>, <c>gp/grn</c>), or an execution, with its contract, source or machine before a slash where the name alone is not
/// enough (<c>gp.grn/grn-20261122T093000Z</c>).
/// </summary>
public sealed class NamedWork(ContractCatalog contracts, ILake lake)
{
    /// <returns>The feed, without an execution; or every feed that planned an execution of this name.</returns>
    public async Task<IReadOnlyList<FeedExecution>> FindAsync(string what, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(what);
        if (FeedOf(what) is { } feed)
        {
            return [new(feed, null)];
        }

        var (owner, name) = Split(what);
        List<FeedExecution> found = [];
        foreach (var contract in contracts.All.Where(contract => owner is null || IsOwner(owner, contract.Id)))
        {
            // What a person types may be no part of a key.
            var plan = new RunKeys(contract.Source, contract.Feed, name).Plan;
            if (LakeKey.IsValid(plan) && await lake.LengthAsync(plan, cancellationToken) is not null)
            {
                found.Add(new(contract, name));
            }
        }

        return found;
    }

    public Contract? FeedOf(string what)
    {
        ArgumentNullException.ThrowIfNull(what);
        return contracts.All.FirstOrDefault(contract => contract.Id == what.Replace('/', '.'));
    }

    /// <summary>What stands before the last slash, and the name behind it.</summary>
    public static (string? Owner, string Name) Split(string what)
    {
        ArgumentNullException.ThrowIfNull(what);
        return what.LastIndexOf('/') is var slash and >= 0 ? (what[..slash].Replace('/', '.'), what[(slash + 1)..]) : (null, what);
    }

    /// <param name="feed"><c>source.feed</c>; its contract may be gone.</param>
    public static bool IsOwner(string owner, string feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        var source = feed.Split('.')[0];
        return owner == feed || owner == source || owner == SourceMachines.NameOf(source);
    }
}

/// <param name="Execution">Null: the feed itself is meant.</param>
public sealed record FeedExecution(Contract Contract, string? Execution);
