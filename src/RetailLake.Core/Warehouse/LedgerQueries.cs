using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Runs;
using RetailLake.Core.Sources;
using static RetailLake.Core.Warehouse.Answer;

namespace RetailLake.Core.Warehouse;

/// <summary>What became of a load, decided from the ledger alone and never from a statement's status.</summary>
public enum LoadOutcome
{
    /// <summary>This execution's load committed.</summary>
    Loaded,

    /// <summary>Another execution has loaded the same work.</summary>
    AlreadyLoaded,

    /// <summary>A later load covers this work.</summary>
    Superseded,

    /// <summary>The ledger knows nothing of it: not committed, or not yet.</summary>
    NotThere,
}

/// <summary>Reads the ledger.</summary>
public sealed class LedgerQueries(IWarehouse warehouse)
{
    private const string Columns =
        "work_id, contract, execution, ordinal, contract_version, mode, window_lo, window_hi, window_proof, export_sequence, loaded_at";

    private readonly SqlDialect sql = warehouse.Dialect;

    public async Task<LedgerRow?> FindAsync(string workId, CancellationToken cancellationToken) =>
        await ReadAsync($"WHERE work_id = {sql.Text(workId)}", cancellationToken) is [var row, ..] ? row : null;

    /// <param name="contract">Null: of all contracts.</param>
    public Task<IReadOnlyList<LedgerRow>> ListAsync(string? contract, int limit, CancellationToken cancellationToken) => ReadAsync(
        (contract is null ? "" : $"WHERE contract = {sql.Text(contract)} ") + string.Create(CultureInfo.InvariantCulture, $"ORDER BY loaded_at DESC, ordinal DESC LIMIT {limit}"), cancellationToken);

    public async Task<LedgerRow?> OfExecutionAsync(string contract, string execution, CancellationToken cancellationToken) =>
        await ReadAsync($"WHERE contract = {sql.Text(contract)} AND execution = {sql.Text(execution)}", cancellationToken) is [var row, ..] ? row : null;

    /// <summary>Loads that rejected rows, the earliest first; of windows and snapshots with the answer whether a later load judged those rows again.</summary>
    public async Task<IReadOnlyList<LedgerRow>> RejectingAsync(string contract, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync($"WHERE contract = {sql.Text(contract)} ORDER BY ordinal", cancellationToken);
        return [.. rows.Where(row => row.Hops["rejected"] > 0).Select(row => row with { IsJudgedAgain = rows.Any(later => later.Covers(row)) })];
    }

    /// <summary>Windows that are loaded; the next one starts at the end of their contiguous union.</summary>
    public async Task<IReadOnlyList<CoveredWindow>> CoveredAsync(string contract, CancellationToken cancellationToken) =>
        [.. (await ReadAsync($"WHERE contract = {sql.Text(contract)} AND window_hi IS NOT NULL ORDER BY window_hi", cancellationToken))
            .Select(row => new CoveredWindow(row.WindowLo, row.WindowHi!.Value))];

    /// <summary>The highest ordinal that has been loaded, 0 when none.</summary>
    public async Task<long> LastOrdinalAsync(string contract, CancellationToken cancellationToken) =>
        Whole((await warehouse.QueryAsync($"SELECT COALESCE(MAX(ordinal), 0) FROM {sql.OpsTable(OpsTables.Ledger)} WHERE contract = {sql.Text(contract)}", cancellationToken))[0][0]);

    public async Task<IReadOnlyList<BalanceRow>> BalanceAsync(string workId, CancellationToken cancellationToken)
    {
        var hops = string.Join(", ", OpsTables.Hops.Select(sql.Quote));
        var rows = await warehouse.QueryAsync($"SELECT table_name, measure, {hops} FROM {sql.OpsTable(OpsTables.Balance)} WHERE work_id = {sql.Text(workId)} ORDER BY table_name, measure", cancellationToken);
        return [.. rows.Select(row => new BalanceRow((string)row[0]!, (string)row[1]!,
            OpsTables.Hops.Select((hop, index) => (hop, value: Convert.ToDecimal(row[index + 2], CultureInfo.InvariantCulture))).ToDictionary(pair => pair.hop, pair => pair.value)))];
    }

    public async Task<LoadOutcome> DecideAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (await FindAsync(plan.WorkId, cancellationToken) is { } row)
        {
            return row.Execution == plan.Execution ? LoadOutcome.Loaded : LoadOutcome.AlreadyLoaded;
        }

        if (plan.Drops.Any() || plan.Duplicates.Count > 0)
        {
            return await new DropLedger(warehouse).IsOvertakenAsync(plan, cancellationToken) ? LoadOutcome.Superseded : LoadOutcome.NotThere;
        }

        if (plan.Partitions.Count > 0)
        {
            return await new StreamLedger(warehouse).IsOvertakenAsync(plan, cancellationToken) ? LoadOutcome.Superseded : LoadOutcome.NotThere;
        }

        var mode = plan.Window is null ? ExtractMode.Snapshot : ExtractMode.Window;
        var later = await warehouse.QueryAsync($"SELECT COUNT(*) FROM {sql.OpsTable(OpsTables.Ledger)} WHERE {Overtakes(plan, mode, sql)}", cancellationToken);
        return Whole(later[0][0]) > 0 ? LoadOutcome.Superseded : LoadOutcome.NotThere;
    }

    /// <summary>A load of the contract with a higher ordinal whose window contains this one, or any later snapshot.</summary>
    internal static string Overtakes(RunPlan plan, ExtractMode mode, SqlDialect sql)
    {
        var later = $"contract = {sql.Text(plan.Contract)} AND ordinal > {plan.Ordinal.ToString(CultureInfo.InvariantCulture)}";
        if (mode == ExtractMode.Snapshot || plan.Window is not { } window)
        {
            return $"{later} AND mode = 'snapshot'";
        }

        var lower = window.Lo is { } lo ? $"(window_lo IS NULL OR window_lo <= {sql.Timestamp(lo)})" : "window_lo IS NULL";
        return $"{later} AND {lower} AND window_hi >= {sql.Timestamp(window.Hi)}";
    }

    private async Task<IReadOnlyList<LedgerRow>> ReadAsync(string where, CancellationToken cancellationToken)
    {
        var hops = string.Join(", ", OpsTables.Hops.Select(sql.Quote));
        var rows = await warehouse.QueryAsync($"SELECT {Columns}, {hops} FROM {sql.OpsTable(OpsTables.Ledger)} {where}", cancellationToken);
        return [.. rows.Select(row => new LedgerRow
        {
            WorkId = (string)row[0]!,
            Contract = (string)row[1]!,
            Execution = (string)row[2]!,
            Ordinal = Whole(row[3]),
            ContractVersion = (string)row[4]!,
            Mode = (string)row[5]!,
            WindowLo = UtcOrNull(row[6]),
            WindowHi = UtcOrNull(row[7]),
            WindowProof = (string?)row[8],
            ExportSequence = row[9] is null ? null : Whole(row[9]),
            LoadedAt = Utc(row[10]),
            Hops = OpsTables.Hops.Select((hop, index) => (hop, value: Whole(row[index + 11]))).ToDictionary(pair => pair.hop, pair => pair.value),
        })];
    }
}
