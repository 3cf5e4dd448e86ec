namespace RetailLake.Local.Running;

/// <summary>One load as the ledger has it, with its books.</summary>
/// <param name="Hops">Rows of all tables by hop.</param>
/// <param name="Exported">Rows in the export file; null when the contract declares none or it is not built yet.</param>
/// <param name="Imbalances">Hops whose two sides differ, in words; empty when the books balance.</param>
public sealed record LoadReport(
    string WorkId, string Contract, string Execution, long Ordinal, string Mode, DateTimeOffset? WindowLo, DateTimeOffset? WindowHi, DateTimeOffset LoadedAt,
    IReadOnlyDictionary<string, long> Hops, long? Exported, string? ExportState, string? ExportFile, IReadOnlyList<MeasureReport> Measures, IReadOnlyList<string> Imbalances)
{
    /// <summary>Only of feeds of files.</summary>
    public DropCounts? Drops { get; init; }

    public bool Balances => Imbalances.Count == 0;
}

/// <param name="Measure"><c>rows</c> or a control-total column.</param>
public sealed record MeasureReport(string Table, string Measure, IReadOnlyDictionary<string, decimal> Hops);
