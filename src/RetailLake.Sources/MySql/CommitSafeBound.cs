using RetailLake.Core.Runs;
using RetailLake.Core.Sources;

namespace RetailLake.Sources.MySql;

/// <summary>Where a window may end so that no change with an older cursor value can still be committed.</summary>
/// <remarks>
/// A row is stamped by NOW(), the start of its statement, and seen only after its transaction's commit. So nothing unseen is older than the oldest
/// running statement or open transaction. Two things come before those starts and are covered by the contract's lag: a transaction is listed
/// when the storage engine first meets it, which is after its first statement began (it may have waited for a table lock); and applications
/// stamp with a clock reading of their own. A stamp older than its transaction by more than the lag is not covered.
/// </remarks>
internal static class CommitSafeBound
{
    public const string SeenTransactions = "innodb_trx";
    public const string DeclaredLag = "declared-lag";

    public static WorkWindow Decide(OpenWork work, DateTimeOffset? lo, int lagSeconds, IReadOnlyList<CursorTime> cursors)
    {
        // A transaction's start is told in whole seconds, cut off.
        var lag = TimeSpan.FromSeconds(Math.Max(lagSeconds, 1));
        var free = Floor(work.Now - lag, cursors);
        var (hi, heldBy) = (free, (string?)null);
        Hold(work.OldestStatement, "statement");
        Hold(work.OldestTransaction, "transaction");
        var proof = work.CanSee ? SeenTransactions : DeclaredLag;
        if (work.HasUnknownStart)
        {
            return new(lo, lo ?? DateTimeOffset.UnixEpoch, proof, "transaction");
        }

        // The server's clock went back: the window stands still, and whoever watches must know that rows stamped meanwhile lie before lo.
        return lo is { } start && hi < start ? new(lo, start, proof, free < start - lag ? "clock" : heldBy) : new(lo, hi, proof, heldBy);

        void Hold(DateTimeOffset? oldest, string what)
        {
            if (oldest is { } begun && Floor(begun - lag, cursors) is var held && held < hi)
            {
                (hi, heldBy) = (held, what);
            }
        }
    }

    /// <summary>The end of the contiguous union of the windows that begin at the beginning; a gap ends it, and what lies behind is read again.</summary>
    public static DateTimeOffset? Start(IReadOnlyList<CoveredWindow> covered)
    {
        DateTimeOffset? end = null;
        foreach (var window in covered.OrderBy(window => window.Lo ?? DateTimeOffset.MinValue))
        {
            if (window.Lo is null ? end is null || window.Hi > end : window.Lo <= end && window.Hi > end)
            {
                end = window.Hi;
            }
        }

        return end;
    }

    private static DateTimeOffset Floor(DateTimeOffset bound, IReadOnlyList<CursorTime> cursors) => cursors.Min(cursor => cursor.Floor(bound));
}
