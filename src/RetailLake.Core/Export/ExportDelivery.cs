using System.Globalization;
using System.Security.Cryptography;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Warehouse;

namespace RetailLake.Core.Export;

/// <summary>Brings the stored bytes of an export to its receiver: data, then control, then the marker. Sending again changes nothing.</summary>
/// <remarks>
/// At the receiver → what happens: nothing → send; the same bytes → done; in a Direct mode a beginning of the same bytes (our own broken
/// upload) → send again; anything else under the name → <see cref="DeliveryRefusedException"/>, the file there stays.
/// </remarks>
public sealed class ExportDelivery(IWarehouse warehouse, ILake lake, TimeProvider time)
{
    private const string Unfinished = ".part";
    private const string Marker = ".complete";

    /// <param name="by">Who sends: the execution, or a person with 'lake resend'.</param>
    public async Task DeliverAsync(ExportManifest manifest, ManthanDelivery mode, IExportReceiver receiver, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(receiver);
        foreach (var file in new[] { manifest.Data, manifest.Deletions, manifest.Control }.OfType<ExportFile>())
        {
            await SendAsync(file, mode, receiver, cancellationToken);
        }

        if (mode == ManthanDelivery.DirectWithMarker)
        {
            await receiver.WriteAsync(manifest.Data.Name + Marker, Stream.Null, cancellationToken);
        }

        var sql = warehouse.Dialect;
        await warehouse.ExecuteAsync(
            [
                $"UPDATE {sql.OpsTable(OpsTables.ExportLedger)} SET state = 'delivered', target = {sql.Text(receiver.Target)}, delivered_by = {sql.Text(by)}, " +
                $"delivered_at = {sql.Timestamp(time.GetUtcNow())}, deliveries = COALESCE(deliveries, 0) + 1 " +
                $"WHERE contract = {sql.Text(manifest.Contract)} AND sequence = {manifest.Sequence.ToString(CultureInfo.InvariantCulture)}",
            ],
            cancellationToken);
    }

    private async Task SendAsync(ExportFile file, ManthanDelivery mode, IExportReceiver receiver, CancellationToken cancellationToken)
    {
        var name = mode == ManthanDelivery.Rename ? file.Name + Unfinished : file.Name;
        if (await IsThereAsync(file, mode, receiver, cancellationToken))
        {
            await ClearAsync(file, name, receiver, cancellationToken);
            return;
        }

        await using (var content = await lake.OpenVerifiedAsync(file.Object, cancellationToken))
        {
            await receiver.WriteAsync(name, content, cancellationToken);
            content.Finish();
        }

        var stored = await receiver.LengthAsync(name, cancellationToken);
        if (stored != file.Object.Bytes)
        {
            throw new DeliveryUnavailableException(
                string.Create(CultureInfo.InvariantCulture, $"Found {stored ?? 0} bytes of '{name}' at '{receiver.Target}' after sending; expected {file.Object.Bytes}."),
                "The export stays stored in the lake.", "It is tried again; when it persists, ask the receiver whether its disk is full.");
        }

        if (mode == ManthanDelivery.Rename)
        {
            await RenameAsync(file, name, receiver, cancellationToken);
        }
    }

    private async Task RenameAsync(ExportFile file, string unfinished, IExportReceiver receiver, CancellationToken cancellationToken)
    {
        try
        {
            await receiver.RenameAsync(unfinished, file.Name, cancellationToken);
        }
        catch (DeliveryUnavailableException)
        {
            // Two that send at once: the other one was first, and its bytes are ours.
            if (!await IsThereAsync(file, ManthanDelivery.Rename, receiver, cancellationToken))
            {
                throw;
            }

            await ClearAsync(file, unfinished, receiver, cancellationToken);
        }
    }

    /// <summary>What a sender left that broke off, or came second.</summary>
    private static Task ClearAsync(ExportFile file, string unfinished, IExportReceiver receiver, CancellationToken cancellationToken) =>
        unfinished == file.Name ? Task.CompletedTask : receiver.DeleteAsync(unfinished, cancellationToken);

    private async Task<bool> IsThereAsync(ExportFile file, ManthanDelivery mode, IExportReceiver receiver, CancellationToken cancellationToken)
    {
        if (await receiver.LengthAsync(file.Name, cancellationToken) is not { } length)
        {
            return false;
        }

        if (length <= file.Object.Bytes)
        {
            await using var theirs = await receiver.OpenReadAsync(file.Name, cancellationToken);
            await using var ours = await lake.OpenVerifiedAsync(file.Object, cancellationToken);
            if (await HashAsync(theirs, length, cancellationToken) == await HashAsync(ours, length, cancellationToken))
            {
                if (length == file.Object.Bytes)
                {
                    return true;
                }

                if (mode != ManthanDelivery.Rename)
                {
                    return false;
                }
            }
        }

        throw new DeliveryRefusedException(
            string.Create(CultureInfo.InvariantCulture, $"Found '{file.Name}' at '{receiver.Target}' with other content ({length} bytes; ours has {file.Object.Bytes})."),
            "The file there was left as it is; the export stays stored in the lake.",
            "Ask the receiver where that file came from; when it may go, have it removed and redrive.");
    }

    private static async Task<string> HashAsync(Stream stream, long length, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        for (var left = length; left > 0;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
            if (read == 0)
            {
                break;
            }

            hash.AppendData(buffer, 0, read);
            left -= read;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
