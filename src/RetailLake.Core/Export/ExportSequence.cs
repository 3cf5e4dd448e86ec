using System.Globalization;
using RetailLake.Core.Errors;
using RetailLake.Core.Warehouse;

namespace RetailLake.Core.Export;

/// <summary>Receivers apply files in sequence: a file waits until its predecessors are delivered.</summary>
public sealed class ExportSequence(IWarehouse warehouse)
{
    /// <exception cref="DeliveryOutOfOrderException">An earlier export of the contract is not delivered.</exception>
    public async Task RequireEarlierDeliveredAsync(ExportManifest export, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(export);
        var sql = warehouse.Dialect;
        var waiting = await warehouse.QueryAsync(
            $"SELECT sequence, execution, state FROM {sql.OpsTable(OpsTables.ExportLedger)} WHERE contract = {sql.Text(export.Contract)} " +
            $"AND sequence < {Number(export.Sequence)} AND state <> 'delivered' ORDER BY sequence LIMIT 1",
            cancellationToken);
        if (waiting is [var first, ..])
        {
            throw new DeliveryOutOfOrderException(
                $"Found export {first[0]} of '{export.Contract}' (execution '{first[1]}') in state '{first[2]}' while export {Number(export.Sequence)} was due.",
                "Nothing was sent; both exports stay stored.",
                $"Redrive '{first[1]}' first, then this execution.");
        }
    }

    /// <summary>A contract without a target: the export's place is the lake.</summary>
    public Task KeepInLakeAsync(ExportManifest export, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(export);
        var sql = warehouse.Dialect;
        return warehouse.ExecuteAsync(
            [
                $"UPDATE {sql.OpsTable(OpsTables.ExportLedger)} SET state = 'delivered', target = 'lake' " +
                $"WHERE contract = {sql.Text(export.Contract)} AND sequence = {Number(export.Sequence)}",
            ],
            cancellationToken);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
