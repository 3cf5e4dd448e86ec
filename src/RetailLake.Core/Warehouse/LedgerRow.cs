namespace RetailLake.Core.Warehouse;

/// <summary>A row of <c>ops.load_ledger</c>.</summary>
public sealed record LedgerRow
{
    public required string WorkId { get; init; }

    public required string Contract { get; init; }

    public required string Execution { get; init; }

    public required long Ordinal { get; init; }

    public required string ContractVersion { get; init; }

    public required string Mode { get; init; }

    public DateTimeOffset? WindowLo { get; init; }

    public DateTimeOffset? WindowHi { get; init; }

    public string? WindowProof { get; init; }

    public long? ExportSequence { get; init; }

    public required DateTimeOffset LoadedAt { get; init; }

    /// <summary>Rows of all tables by hop: source, landed, valid, …, published.</summary>
    public required IReadOnlyDictionary<string, long> Hops { get; init; }

    /// <summary>Only where it was asked for: a later load of the feed covers all that this one read.</summary>
    public bool IsJudgedAgain { get; init; }

    /// <summary>This load is later and read all that the other one did: any later snapshot, or a window that contains the other's.</summary>
    public bool Covers(LedgerRow earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if (Ordinal <= earlier.Ordinal || Mode != earlier.Mode)
        {
            return false;
        }

        return Mode == "snapshot" || (earlier.WindowHi is { } hi && WindowHi >= hi && (WindowLo is null || (earlier.WindowLo is { } lo && WindowLo <= lo)));
    }
}

/// <summary>A row of <c>ops.load_balance</c>: one table and measure of one load.</summary>
public sealed record BalanceRow(string Table, string Measure, IReadOnlyDictionary<string, decimal> Hops);
