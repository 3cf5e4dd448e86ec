using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Secrets;
using RetailLake.Core.Sources;

namespace RetailLake.Sources.MySql;

/// <summary>MySQL and MariaDB: commit-safe windows or snapshots, cut by key ranges, landed as text bytes in the dialect of <c>mysqldump --tab</c>.</summary>
public sealed class MySqlSource(ISecretStore secrets) : ISource
{
    private readonly SourceConnector connector = new(secrets);

    public string Type => "mysql";

    public async Task<SourcePlan> PlanAsync(Contract contract, PlanRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(request);
        await using var session = await connector.OpenAsync(contract, cancellationToken);
        var schema = await SchemaCheck.RunAsync(session, contract, cancellationToken);
        var cut = new SliceCut(session, schema);
        if (contract.Extract.Mode == ExtractMode.Snapshot)
        {
            return new(null, await cut.OfTableAsync(cancellationToken)) { Notes = schema.Notes };
        }

        // The bound comes before any snapshot: what commits between the two is older than the bound only if it was seen here.
        var window = await WindowAsync(session, schema, request, cancellationToken);
        var slices = window.Hi == window.Lo ? [] : await cut.OfWindowAsync(window, cancellationToken);
        if (contract.Extract.Deletes == DeletePolicy.Sweep)
        {
            var keys = await session.CountAsync($"SELECT COUNT(*) FROM {schema.Parent.QuotedName}", cancellationToken);
            slices.Add(new PlanSlice(slices.Count + 1, SliceKind.Keys, null, null, keys));
        }

        var zones = await ZoneNote.OfAsync(session, schema, window, cancellationToken);
        return new(window, slices) { Notes = [.. schema.Notes, .. zones, .. NotesOf(window, contract)] };
    }

    public async Task<LandedManifest> LandAsync(
        Contract contract, RunPlan plan, PlanSlice slice, ILake lake, string attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(slice);
        await using var session = await connector.OpenAsync(contract, cancellationToken);
        var schema = await SchemaCheck.RunAsync(session, contract, cancellationToken);
        var lander = new TableLander(session, lake);
        var keys = RunKeys.Of(plan);
        List<LandedTable> tables = [];
        List<TableTotals> source = [];
        List<TableTotals> landed = [];
        await session.BeginSnapshotAsync(cancellationToken);
        foreach (var (read, file) in Reads(schema, plan, slice))
        {
            var (table, counted, found) = await lander.LandAsync(read, keys.LandingObject(slice.Number, attempt, file), cancellationToken);
            tables.Add(table);
            source.Add(counted);
            landed.Add(found);
        }

        return new(slice.Number, tables, source, landed);
    }

    private static IEnumerable<(TableRead Read, string File)> Reads(SourceSchema schema, RunPlan plan, PlanSlice slice)
    {
        if (slice.Kind == SliceKind.Keys)
        {
            return [(TableRead.OfKeys(schema.Parent), $"{schema.Parent.Table.Name}.keys.tsv.zst")];
        }

        var selection = new Selection(schema, plan.Window, slice.From, slice.To);
        return schema.Tables.Select(table => (TableRead.OfRows(table, selection), $"{table.Table.Name}.tsv.zst"));
    }

    private static async Task<WorkWindow> WindowAsync(SourceSession session, SourceSchema schema, PlanRequest request, CancellationToken cancellationToken)
    {
        var cursors = schema.Tables.Where(table => table.Cursor is not null).Select(table => CursorTime.Of(table.Cursor!)).ToList();
        if (schema.Parent.Cursor is null)
        {
            throw new ContractInvalidException(
                $"Found no cursor column for table '{schema.Parent.Table.Name}' of contract '{schema.Contract.Id}'; window mode needs one on the parent.",
                "Nothing was read.",
                "Name the cursor column in the contract, or use snapshot mode.");
        }

        var isCluster = await ServerRole.AssertWindowsAsync(session, cancellationToken);
        var work = await new OpenWorkReader(session).ReadAsync(isCluster, cancellationToken);
        var window = CommitSafeBound.Decide(work, CommitSafeBound.Start(request.Covered), schema.Contract.Extract.LagSeconds, cursors);
        return request.Again is not { } again || window.Lo is null || again.Lo >= window.Lo ? window : window with { Lo = again.Lo };
    }

    private static IEnumerable<string> NotesOf(WorkWindow window, Contract contract)
    {
        if (window.Proof == CommitSafeBound.DeclaredLag)
        {
            yield return $"Open transactions cannot be seen; the window rests on the declared lag of {contract.Extract.LagSeconds} s. Grant PROCESS, and on a cluster name its only writer.";
        }

        if (window.HeldBackBy is { } by)
        {
            yield return by == "clock"
                ? "The server's clock went back behind the last window: rows stamped meanwhile lie before it and need a backfill."
                : $"The window is held back by a {by} that is still open.";
        }
    }
}
