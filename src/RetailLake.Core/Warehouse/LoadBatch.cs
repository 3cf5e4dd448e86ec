using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Warehouse;

/// <summary>Everything the statements of one load are made from.</summary>
internal sealed class LoadBatch
{
    public LoadBatch(Contract contract, RunPlan plan, AuditReport audit, SqlDialect sql, LoadSite site)
    {
        Contract = contract;
        Plan = plan;
        Audit = audit;
        Sql = sql;
        LoadedAt = site.LoadedAt;
        Tables = [.. contract.Tables.Select(table => new LoadTable(contract, table, sql, plan.Ordinal))];
        Tombstones = LoadTable.KeepsTombstones(contract) ? sql.OpsTable(TableShape.TombstoneName(contract)) : null;
        Files = [.. CopyManifests.Of(contract, plan, audit).Select(copy => new StagedFiles(
            copy.Name, sql.Quote(StageOf(copy)),
            new([.. copy.Objects.Select(file => (site.Locate(file.Object.Key), file.Object.Bytes))], site.Locate(copy.Key))))];
    }

    public Contract Contract { get; }

    public RunPlan Plan { get; }

    public AuditReport Audit { get; }

    public SqlDialect Sql { get; }

    public DateTimeOffset LoadedAt { get; }

    public IReadOnlyList<LoadTable> Tables { get; }

    /// <summary>Stages that have files; an empty one needs no COPY.</summary>
    public IReadOnlyList<StagedFiles> Files { get; }

    public LoadTable Parent => Tables[0];

    /// <summary>Of a feed of files.</summary>
    public AuditedDrops Drops => Audit.Drops ?? throw new BooksDoNotBalanceException(
        $"Found no drops in the audit of execution '{Plan.Execution}'; contract '{Contract.Id}' takes drops.", "Nothing was loaded.", "Redrive the execution from AuditRun.");

    /// <summary>Whether drops are loaded again.</summary>
    public bool HasReleases => Plan.Drops.Any(drop => drop.Release > 0);

    public bool HasKeySweep => Audit.HasKeySweep;

    public string? Tombstones { get; }

    public AuditedTable Audited(LoadTable table) => Audit.Tables.FirstOrDefault(audited => audited.Table == table.Name) ?? throw new BooksDoNotBalanceException(
        $"Found no figures for table '{table.Name}' in the audit of execution '{Plan.Execution}'; contract '{Contract.Id}' has that table.",
        "Nothing was loaded.", "Redrive the execution from AuditRun.");

    public CopyFiles? FilesOf(string stage) => Files.FirstOrDefault(staged => staged.Stage == stage)?.Files;

    /// <summary>Whether a staged row of this table can be a deletion.</summary>
    public bool HasDeletedRows(LoadTable table) => table.Contract.SoftDeleteColumn is not null || Parent.Contract.SoftDeleteColumn is not null;

    private static string StageOf(CopyManifest copy) => copy.IsKeys ? LoadStages.Keys : copy.Name == DropStage.CopyName ? DropStage.Table : $"stage_{copy.Name}";

    /// <param name="Stage">Quoted name of the table that is filled.</param>
    internal sealed record StagedFiles(string Name, string Stage, CopyFiles Files);
}
