using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Quarantine;

internal static class QuarantineErrors
{
    public static ReleaseRefusedException Unknown(Contract contract, string execution) => new(
        $"Found no execution '{execution}' of '{contract.Id}' that was planned.", "Nothing was released.", "'lake quarantine list' names the runs that rejected rows, 'lake drops' those that refused drops.");

    /// <summary>A run over its reject budget, or one that failed otherwise: its work is still to be done, so there is nothing to do once more.</summary>
    public static ReleaseRefusedException NotPublished(Contract contract, string execution) => new(
        $"Found nothing in the ledger from execution '{execution}' of '{contract.Id}'; what it read was not published, so it is read again by the next run anyway.",
        "Nothing was released.", $"Mend the cause, then 'lake rerun {execution}' when contract or data were mended, or 'lake redrive {execution}' otherwise.");

    public static ReleaseRefusedException Nothing(string of, string why) => new($"Found nothing to release {of}: {why}.", "Nothing was released.", "Nothing needs to be done.");
}
