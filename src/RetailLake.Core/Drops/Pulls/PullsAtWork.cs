using RetailLake.Core.Lake;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Drops.Pulls;

/// <summary>Files that other running pulls of a source have on their lists. A pull that was lost runs no more, so its files are free at once.</summary>
public sealed class PullsAtWork(ILake lake, IStateMachines machines)
{
    /// <param name="stateMachine">ARN of the pull's state machine. Null: nobody else is asked for.</param>
    /// <param name="execution">The one that asks.</param>
    /// <returns>Keys of their <see cref="NoticedFile"/>s.</returns>
    public async Task<IReadOnlySet<string>> FilesAsync(string source, string? stateMachine, string execution, CancellationToken cancellationToken)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (var other in stateMachine is null ? [] : await machines.RunningExecutionsAsync(stateMachine, cancellationToken))
        {
            for (var pass = 0; other != execution && pass <= PullLook.Last; pass++)
            {
                var list = await lake.TryReadAsync<List<PullItem>>(PullKeys.List(source, other, pass), cancellationToken);
                files.UnionWith(list?.Select(item => item.File) ?? []);
            }
        }

        return files;
    }
}
