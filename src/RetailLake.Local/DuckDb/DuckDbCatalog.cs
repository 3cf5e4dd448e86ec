using System.Globalization;
using RetailLake.Core.Catalog;
using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;

namespace RetailLake.Local.DuckDb;

/// <summary>The catalog as a table of the warehouse: <c>ops.curated_partition</c>.</summary>
public sealed class DuckDbCatalog(IWarehouse warehouse, TimeProvider time) : ICatalog
{
    /// <remarks>In one transaction: a commit costs more than the rows.</remarks>
    public Task RegisterAsync(IReadOnlyList<CuratedPartition> run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Count == 0 ? Task.CompletedTask : warehouse.ExecuteAsync([.. run.Select(Insert)], cancellationToken);
    }

    private string Insert(CuratedPartition partition)
    {
        var sql = warehouse.Dialect;
        var table = sql.OpsTable("curated_partition");
        var same = $"contract = {sql.Text(partition.Contract.Id)} AND table_name = {sql.Text(partition.Table)} AND execution = {sql.Text(partition.Execution)}";
        var files = System.Text.Encoding.UTF8.GetString(LakeJson.ToBytes(partition.Files));
        return $"INSERT INTO {table} (contract, source_name, table_name, execution, location, files, row_count, registered_at)\n" +
            $"SELECT {sql.Text(partition.Contract.Id)}, {sql.Text(partition.Contract.Source)}, {sql.Text(partition.Table)}, {sql.Text(partition.Execution)}, " +
            $"{sql.Text(partition.Location)}, {sql.Text(files)}, {partition.Rows.ToString(CultureInfo.InvariantCulture)}, {sql.Timestamp(time.GetUtcNow())}\n" +
            $"WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE {same})";
    }
}
