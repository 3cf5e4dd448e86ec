using System.Globalization;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Streams;

namespace RetailLake.Core.Warehouse;

/// <param name="Locate">How the warehouse addresses an object of the lake (<see cref="ILake.Locate"/>).</param>
/// <param name="LoadedAt">Written to <c>_loaded_at</c> and the ledger.</param>
public sealed record LoadSite(Func<string, string> Locate, DateTimeOffset LoadedAt);

/// <summary>
/// The one transaction that publishes an execution's rows: lock, check the ledger, stage, check the stage, delete + insert in all tables of
/// the contract, outbox, books, check the books, ledger row. Any failed check rolls all of it back.
/// </summary>
public static class LoadScript
{
    /// <summary>BatchExecuteStatement takes at most 40 statements of at most 100 KB each.</summary>
    public const int MaxStatements = 40;
    public const int MaxStatementBytes = 100_000;

    public static IReadOnlyList<string> For(Contract contract, RunPlan plan, AuditReport audit, SqlDialect sql, LoadSite site)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentNullException.ThrowIfNull(sql);
        ArgumentNullException.ThrowIfNull(site);
        var load = new LoadBatch(contract, plan, audit, sql, site);
        CheckAudit(load);
        return contract.Stream is not null ? OfStream(load) : OfTables(load);
    }

    /// <remarks>As drops: what others check first is checked with the stage. What is in the target is only found by the keys of the few rows that came.</remarks>
    private static IReadOnlyList<string> OfStream(LoadBatch load) =>
    [
        load.Sql.Lock(load.Contract.Source, load.Contract.Feed, load.Plan.Execution),
        .. LoadStages.Create(load),
        LoadStages.Check(load),
        .. load.Tables.Select(table => StreamFates.Create(load, table)),
        .. StreamHolding.Create(load),
        .. load.Tables.Select(table => StreamLeaving.Create(load, table)),
        LoadTally.Before(load),
        .. load.Tables.Select(LoadLeaving.Delete),
        .. load.Tables.Select(table => LoadLeaving.Insert(load, table)),
        .. LoadLedger.StreamTombstones(load),
        .. StreamHolding.Keep(load),
        .. LoadLedger.Export(load),
        StreamEntries.Enter(load),
        LoadTally.Balance(load),
        LoadTally.Check(load),
        LoadLedger.Row(load),
    ];

    private static IReadOnlyList<string> OfTables(LoadBatch load)
    {
        var (contract, plan, sql) = (load.Contract, load.Plan, load.Sql);
        var isDrops = contract.Drop is not null;
        return
        [
            sql.Lock(contract.Source, contract.Feed, plan.Execution),
            .. isDrops ? DropEntries.Create(load) : [],

            // Drops may fill five tables, and have no statement to spare: what others check first is checked with the stage, before anything is entered.
            .. isDrops ? Array.Empty<string>() : [LoadStages.EarlyCheck(load)],
            .. LoadStages.Create(load),
            .. isDrops ? DropScopes.Reopen(load) : [],
            .. isDrops && DropScopes.Create(load) is { } scopes ? [scopes] : Array.Empty<string>(),
            LoadStages.Check(load),
            .. isDrops ? [DropEntries.Enter(load)] : Array.Empty<string>(),
            .. load.Tables.Select(table => isDrops ? DropFates.Create(load, table) : LoadFates.Create(load, table)),
            .. load.Tables.Select(table => isDrops ? DropLeaving.Create(load, table) : LoadLeaving.Create(load, table)),
            LoadTally.Before(load),
            .. load.Tables.Select(LoadLeaving.Delete),
            .. load.Tables.Select(table => LoadLeaving.Insert(load, table)),
            .. LoadLedger.Tombstones(load) is { } tombstones ? [tombstones] : Array.Empty<string>(),
            .. isDrops && DropScopes.Keep(load) is { } floors ? [floors] : Array.Empty<string>(),
            .. LoadLedger.Export(load),
            LoadTally.Balance(load),
            LoadTally.Check(load),
            LoadLedger.Row(load),
        ];
    }

    /// <summary>Problems that would keep this contract from loading in one Data API batch; for <c>lake contract check</c>.</summary>
    public static IReadOnlyList<string> Check(Contract contract)
    {
        ArgumentNullException.ThrowIfNull(contract);
        if (DropScopes.Problems(contract) is { Count: > 0 } scopes)
        {
            return scopes;
        }

        if (StreamTables.Problems(contract) is { Count: > 0 } streams)
        {
            return streams;
        }

        IReadOnlyList<string> statements;
        try
        {
            statements = Largest(contract);
        }
        catch (ContractInvalidException tooMany)
        {
            return [$"{tooMany.Found} {tooMany.Remedy}"];
        }

        List<string> problems = [];
        if (statements.Count > MaxStatements)
        {
            problems.Add($"A load of '{contract.Id}' needs {statements.Count} statements; the Redshift Data API takes {MaxStatements} in one transaction. Split the contract: at most four tables belong together.");
        }

        if (statements.Max(Encoding.UTF8.GetByteCount) is var longest and > MaxStatementBytes)
        {
            problems.Add($"A load of '{contract.Id}' needs a statement of {longest.ToString("N0", CultureInfo.InvariantCulture)} bytes; the Redshift Data API takes {MaxStatementBytes.ToString("N0", CultureInfo.InvariantCulture)}. Drop columns or control totals.");
        }

        return problems;
    }

    /// <summary>How many statements the largest load of a contract has in Redshift.</summary>
    public static int MostStatements(Contract contract) => Largest(contract).Count;

    private static IReadOnlyList<string> Largest(Contract contract) =>
        For(contract, Sample.Plan(contract), Sample.Audit(contract), new RedshiftDialect(Sample.Role), new(key => $"s3://{new string('b', 63)}/{key}", DateTimeOffset.UnixEpoch));

    private static void CheckAudit(LoadBatch load)
    {
        foreach (var table in load.Tables)
        {
            var audited = load.Audited(table);
            Equal($"source = landed of {table.Name}", audited.Source.Rows, audited.Landed.Rows);
            Equal($"landed = valid + rejected of {table.Name}", audited.Landed.Rows, audited.Valid.Rows + audited.Rejected.Rows);
            Equal($"valid = curated of {table.Name}", audited.Valid.Rows, audited.Files.Sum(file => file.Rows));
        }

        static void Equal(string hop, long expected, long found)
        {
            if (expected != found)
            {
                throw new BooksDoNotBalanceException(
                    string.Create(CultureInfo.InvariantCulture, $"Found {found} rows at hop '{hop}'; expected {expected}."), "Nothing was loaded.", "Redrive the execution from AuditRun; if it stays, report it with the run's manifests.");
            }
        }
    }

    /// <summary>The largest load of a contract: every table has files, all keys are swept, a drop is loaded again.</summary>
    private static class Sample
    {
        public const string Role = "arn:aws:iam::123456789012:role/retaillake-warehouse-copy-role-with-a-long-name";

        private static readonly DropRef Again = new(new('i', 64), "n", new("k", 1, new('0', 64)), long.MaxValue, DateTimeOffset.UnixEpoch) { Release = 1 };

        public static RunPlan Plan(Contract contract) => new()
        {
            Execution = new('e', 80), Contract = contract.Id, ContractVersion = contract.Version, ContractSha256 = new('0', 64),
            Slices = contract.Drop is null ? [] : [new(1, SliceKind.Drops, null, null, 1) { Drops = [Again] }],
            Ordinal = long.MaxValue, WorkId = new('w', 300), Window = contract.Drop is null && contract.Stream is null ? new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "innodb_trx") : null, PlannedAt = DateTimeOffset.UnixEpoch,
        };

        public static AuditReport Audit(Contract contract)
        {
            var sweeps = contract is { Drop: null, Stream: null, Extract: { Mode: ExtractMode.Window, Deletes: DeletePolicy.Sweep } };
            return new(new('w', 300), [.. contract.Tables.Select(table => Table(table, sweeps && ReferenceEquals(table, contract.Parent)))], sweeps)
            {
                Drops = contract.Drop is null ? null : new(new("k", 1, new('0', 64)), 0, long.MinValue, []),
                Partitions = contract.Stream is null ? [] : [.. Enumerable.Range(0, StreamPlanner.MaxPartitions).Select(_ =>
                    new AuditedPartition(new(new('t', 249), int.MaxValue, long.MaxValue - 1, long.MaxValue - 1, long.MaxValue - 1), long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue))],
            };
        }

        private static AuditedTable Table(ContractTable table, bool keys)
        {
            TableTotals none = new(table.Name, 0, new Dictionary<string, decimal>());
            CuratedTable file = new(table.Name, SliceKind.Rows, new("k", 1, new('0', 64)), 0);
            return new(table.Name, none, none, none, none, [file], keys ? [file] : [], 0);
        }
    }
}
