using System.Globalization;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;

namespace RetailLake.Core.Quarantine;

/// <summary>
/// Lets drops that the ledger has told of be loaded once more: a row 'released' with the next number in the ledger, then a record of that number under <c>drops/</c>.
/// </summary>
/// <remarks>
/// Before the row: nothing happened. Between the two: a release again finds the row and writes the record. After both: a release again does
/// nothing until a load has told what came of it. The record without the row is never planned.
/// </remarks>
public sealed class DropReleases(ILake lake, IWarehouse warehouse, TimeProvider time)
{
    /// <summary>Values of one IN list: of 64 hex digits each, below the 100 KB of a statement.</summary>
    private const int Chunk = 1_000;

    private const int MaxByBytes = 256;

    private readonly SqlDialect sql = warehouse.Dialect;

    /// <summary>Drops of which the ledger has heard last from this execution.</summary>
    public Task<IReadOnlyList<ToldDrop>> OfExecutionAsync(Contract contract, string execution, CancellationToken cancellationToken) =>
        OfExecutionsAsync(contract, [execution], cancellationToken);

    /// <summary>Drops of which the ledger has heard last from one of these executions.</summary>
    public async Task<IReadOnlyList<ToldDrop>> OfExecutionsAsync(Contract contract, IEnumerable<string> executions, CancellationToken cancellationToken)
    {
        List<ToldDrop> told = [];
        foreach (var chunk in executions.Chunk(Chunk))
        {
            told.AddRange(await LastAsync(contract, "", $" AND execution IN ({string.Join(", ", chunk.Select(sql.Text))})", cancellationToken));
        }

        return told;
    }

    /// <summary>Drops that were refused, and those that were released and that no load has taken.</summary>
    public Task<IReadOnlyList<ToldDrop>> RefusedAsync(Contract contract, CancellationToken cancellationToken) =>
        LastAsync(contract, "", $" AND outcome IN ('{DropOutcome.Refused}', '{DropOutcome.Released}')", cancellationToken);

    /// <param name="name">A drop's id, or the name it came under.</param>
    public Task<IReadOnlyList<ToldDrop>> NamedAsync(Contract contract, string name, CancellationToken cancellationToken) =>
        LastAsync(contract, $" AND (drop_id = {sql.Text(name)} OR name = {sql.Text(name)})", "", cancellationToken);

    /// <summary>Those of them that need no release or cannot have one: overtaken by a newer version of their file, or gone from landing.</summary>
    public async Task<IReadOnlyList<LeftDrop>> LeftAsync(Contract contract, IReadOnlyList<ToldDrop> drops, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(drops);
        var latest = await LatestAsync(contract, drops, cancellationToken);
        List<LeftDrop> left = [];
        foreach (var (drop, isReleased) in drops.Select(drop => (drop.Drop, drop.IsReleased)))
        {
            if (!isReleased && latest.TryGetValue(drop.FileNumber, out var newest) && newest.CompareTo((drop.Version, drop.Number)) > 0)
            {
                left.Add(new(drop.Id, drop.Name, "a newer version of the file is published"));
            }
            else if (await ObstacleAsync(contract, drop, cancellationToken) is { } obstacle)
            {
                left.Add(new(drop.Id, drop.Name, $"{obstacle.Found} {obstacle.Remedy}"));
            }
        }

        return left;
    }

    /// <param name="by">Who; kept in the ledger.</param>
    /// <returns>The drops as they wait now for their load; what a load has taken meanwhile is not among them.</returns>
    /// <exception cref="ReleaseRefusedException">The original bytes of a drop are gone, or a load of the feed is writing just now; nothing was released.</exception>
    public async Task<IReadOnlyList<DropRef>> ReleaseAsync(Contract contract, IReadOnlyList<ToldDrop> drops, string by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(drops);
        if (string.IsNullOrEmpty(by) || by.Contains('\0', StringComparison.Ordinal) || Encoding.UTF8.GetByteCount(by) > MaxByBytes)
        {
            throw new ReleaseRefusedException($"Found no name of at most {MaxByBytes} bytes of who releases.", "Nothing was released.", "Give a shorter one.");
        }

        foreach (var drop in drops)
        {
            if (await ObstacleAsync(contract, drop.Drop, cancellationToken) is { } obstacle)
            {
                throw obstacle;
            }
        }

        List<DropRef> released = [];
        foreach (var chunk in drops.Select(drop => drop.Drop.Id).Chunk(Chunk))
        {
            var among = $" AND drop_id IN ({string.Join(", ", chunk.Select(sql.Text))})";
            await EnterAsync(contract, among, by, cancellationToken);
            foreach (var drop in (await LastAsync(contract, among, "", cancellationToken)).Where(drop => drop.IsReleased).Select(drop => drop.Drop))
            {
                var proof = string.Create(CultureInfo.InvariantCulture, $"release {drop.Release} of what landed before");
                await DropRecords.WriteAsync(lake, new(drop, contract.Id, proof, time.GetUtcNow()), cancellationToken);
                released.Add(drop);
            }
        }

        return released;
    }

    /// <summary>Under the feed's lock, so that of two releases at once, or of a release and a load, one sees the other.</summary>
    private async Task EnterAsync(Contract contract, string among, string by, CancellationToken cancellationToken)
    {
        var kept = string.Join(", ", DropStage.Columns.Select(column => column.Name).Where(name => name is not ("outcome" or "refusal_code" or "refusal_message" or "duplicate_of" or "release_number")));
        var insert = $"INSERT INTO {sql.OpsTable(OpsTables.Drops)} (contract, work_id, execution, loaded_at, outcome, release_number, released_by, {kept})\n" +
            $"SELECT contract, work_id, execution, {sql.Timestamp(time.GetUtcNow())}, '{DropOutcome.Released}', release_number + 1, {sql.Text(by)}, {kept}\n" +
            $"FROM {Last(contract, among, kept)} AND {DropLedger.IsSettled("l")}";
        try
        {
            await warehouse.ExecuteAsync([sql.Lock(contract.Source, contract.Feed, "release"), insert], cancellationToken);
        }
        catch (LoadConflictException e)
        {
            throw new ReleaseRefusedException($"Found a load of '{contract.Id}' that writes just now.", "Nothing of this batch was released.", "Release again when it is over.", e);
        }
    }

    /// <summary>The latest loaded version of each file, by its number; only where a version replaces the file as a whole.</summary>
    private async Task<IReadOnlyDictionary<long, (long Version, long Number)>> LatestAsync(Contract contract, IEnumerable<ToldDrop> drops, CancellationToken cancellationToken)
    {
        Dictionary<long, (long Version, long Number)> latest = [];
        if (contract.Drop?.Replaces != DropScope.File)
        {
            return latest;
        }

        foreach (var chunk in drops.Select(drop => drop.Drop.FileNumber).Distinct().Chunk(Chunk))
        {
            var rows = await warehouse.QueryAsync(
                $"SELECT file, version, drop_number FROM {sql.OpsTable(OpsTables.Drops)} WHERE contract = {sql.Text(contract.Id)} AND outcome = '{DropOutcome.Loaded}' " +
                $"AND file IN ({string.Join(", ", chunk.Select(file => file.ToString(CultureInfo.InvariantCulture)))})", cancellationToken);
            foreach (var row in rows)
            {
                var (file, version) = (Answer.Whole(row[0]), (Answer.Whole(row[1]), Answer.Whole(row[2])));
                latest[file] = latest.TryGetValue(file, out var known) && known.CompareTo(version) > 0 ? known : version;
            }
        }

        return latest;
    }

    private async Task<IReadOnlyList<ToldDrop>> LastAsync(Contract contract, string among, string where, CancellationToken cancellationToken)
    {
        const string columns = "drop_id, name, sha256, bytes, drop_number, version, modified_at, declared_rows";
        var rows = await warehouse.QueryAsync($"SELECT drop_id, name, sha256, bytes, version, modified_at, declared_rows, release_number, execution, outcome, duplicate_of FROM {Last(contract, among, $"{columns}, duplicate_of")}{where} ORDER BY version, drop_number, drop_id", cancellationToken);
        return [.. rows.Select(row => ToldDrop.Of(contract, row))];
    }

    /// <summary>A drop's last release, and what came of it if that is told: the rows with n = 1.</summary>
    private string Last(Contract contract, string among, string columns) =>
        $"(SELECT contract, work_id, execution, outcome, {columns}, {DropLedger.ReleaseOf("drop_ledger")} AS release_number,\n" +
        $"  ROW_NUMBER() OVER (PARTITION BY drop_id ORDER BY {DropLedger.ReleaseOf("drop_ledger")} DESC, CASE WHEN outcome = '{DropOutcome.Released}' THEN 1 ELSE 0 END) AS n\n" +
        $"  FROM {sql.OpsTable(OpsTables.Drops)} WHERE contract = {sql.Text(contract.Id)}{among}) l WHERE l.n = 1";

    private async Task<ReleaseRefusedException?> ObstacleAsync(Contract contract, DropRef drop, CancellationToken cancellationToken)
    {
        if (DropIds.Of(contract.Id, drop.Name, drop.Object.Sha256, drop.Version) != drop.Id)
        {
            return new(
                $"Found drop '{drop.Id}' in the ledger under a name that was cut; its record cannot be made again.", "Nothing was released.", "Have the file sent again, under a shorter name.");
        }

        return await lake.LengthAsync(drop.Object.Key, cancellationToken) is var bytes && bytes == drop.Object.Bytes ? null : new(
            string.Create(CultureInfo.InvariantCulture, $"Found {(bytes is null ? "no object" : $"{bytes:N0} bytes")} in landing for drop '{drop.Id}' ('{drop.Object.Key}'); the ledger says {drop.Object.Bytes:N0} bytes."),
            "Nothing was released.", "Restore the object, or have the file sent again with a later time or number: it is a new version and is taken.");
    }
}
