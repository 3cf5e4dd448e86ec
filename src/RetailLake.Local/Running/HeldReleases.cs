using System.Globalization;
using RetailLake.Core.Contracts;

namespace RetailLake.Local.Running;

/// <summary>Units that are held cannot be released: only the rows that are missing complete them, and every load judges again.</summary>
public sealed class HeldReleases(HeldReports held, ContractCatalog contracts, NamedWork named)
{
    /// <param name="what">A feed, or a feed and what of it, as a person names a unit: <c>till.sale/S1</c>. An execution of the feed is none of this.</param>
    /// <exception cref="CommandRefusedException">The feed holds units.</exception>
    public async Task RefuseAsync(string what, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(what);
        var contract = named.FeedOf(what) ?? contracts.All.FirstOrDefault(contract => what.Replace('/', '.').StartsWith(contract.Id + ".", StringComparison.Ordinal));
        if (contract is null || (await named.FindAsync(what, cancellationToken)).Any(found => found.Execution is not null)
            || await held.ListAsync([contract.Id], 0, cancellationToken) is not [{ Waiting: { } waiting } report])
        {
            return;
        }

        throw new CommandRefusedException(
            string.Create(CultureInfo.InvariantCulture, $"Found {waiting:N0} held unit(s) of '{contract.Id}', {report.Overdue:N0} of them overdue; a unit is published when its missing rows come, and every load judges again."),
            "Nothing was released; what is held stays held.",
            $"'lake quarantine show {contract.Id}' says what is missing; have the producer send it, and a corrected record in the place of a rejected one.");
    }
}
