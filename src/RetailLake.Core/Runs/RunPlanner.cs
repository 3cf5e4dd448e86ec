using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Core.Sources;
using RetailLake.Core.Streams;

namespace RetailLake.Core.Runs;

/// <summary>Decides an execution's work once. A retry, a duplicate start or a redrive finds the stored plan and adopts it.</summary>
public sealed class RunPlanner(ILake lake, IEnumerable<ISource> sources)
{
    /// <inheritdoc cref="PlanAsync(Contract, string, DateTimeOffset, Func{Task{IReadOnlyList{CoveredWindow}}}, TakenBefore, Func{Task{ReadAgain}}, CancellationToken)"/>
    public Task<(RunPlan Plan, bool WasThere)> PlanAsync(
        Contract contract, string execution, DateTimeOffset now, Func<Task<IReadOnlyList<CoveredWindow>>> covered, CancellationToken cancellationToken) =>
        PlanAsync(contract, execution, now, covered, new(Drops: null, Streams: null), again: null, cancellationToken);

    /// <param name="covered">The contract's windows in the load ledger; only asked for when there is no plan yet.</param>
    /// <param name="before">The load ledger of drops and topics; only asked by feeds of those.</param>
    /// <param name="again">Asked for when rejected rows are released, and there is no plan yet.</param>
    /// <returns>The plan that holds, and whether it was there before.</returns>
    public async Task<(RunPlan Plan, bool WasThere)> PlanAsync(
        Contract contract, string execution, DateTimeOffset now, Func<Task<IReadOnlyList<CoveredWindow>>> covered, TakenBefore before, Func<Task<ReadAgain>>? again, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(covered);
        var keys = new RunKeys(contract.Source, contract.Feed, execution);
        if (await lake.TryReadAsync<RunPlan>(keys.Plan, cancellationToken) is { } stored)
        {
            await WriteSlicesAsync(keys, stored, cancellationToken);
            return (stored, true);
        }

        var source = sources.For(contract);
        var isRead = contract.Drop is null && contract.Stream is null;
        var from = isRead && again is not null ? await again() : null;
        var work = await source.PlanAsync(contract, new(isRead ? await covered() : [], now) { Drops = before.Drops, Streams = before.Streams, Again = from }, cancellationToken);
        var ordinal = await ClaimOrdinalAsync(contract, execution, cancellationToken);
        var (plan, isMine) = await lake.WriteOnceAsync(keys.Plan, Plan(contract, execution, now, work, ordinal, from), cancellationToken);
        await WriteSlicesAsync(keys, plan, cancellationToken);
        return (plan, !isMine);
    }

    private static RunPlan Plan(Contract contract, string execution, DateTimeOffset now, SourcePlan work, long ordinal, ReadAgain? from) => new()
    {
        Execution = execution,
        Contract = contract.Id,
        ContractVersion = contract.Version,
        ContractSha256 = contract.Sha256,
        Ordinal = ordinal,
        WorkId = WorkId(contract, work, ordinal, from),
        From = from?.Execution,
        Window = work.Window,
        Slices = work.Slices,
        Partitions = work.Partitions,
        Duplicates = work.Duplicates,
        Leftovers = work.Leftovers,
        PlannedAt = now,
    };

    // A key sweep sees another source each time, and rows that are released another contract or source, so it is other work although the window may be the same.
    private static string WorkId(Contract contract, SourcePlan work, long ordinal, ReadAgain? from)
    {
        if (contract.Drop is not null)
        {
            return DropWorkId(contract, work);
        }

        if (contract.Stream is not null)
        {
            return StreamWorkId(contract, work);
        }

        if (work.Window is not { } window)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{contract.Id}/snapshot-{ordinal}");
        }

        var sweep = work.Slices.Any(slice => slice.Kind == SliceKind.Keys) ? string.Create(CultureInfo.InvariantCulture, $"+keys-{ordinal}") : "";
        var again = from is null ? "" : string.Create(CultureInfo.InvariantCulture, $"+again-{ordinal}");
        return $"{contract.Id}/{Instant(window.Lo)}..{Instant(window.Hi)}{sweep}{again}";
    }

    /// <summary>The set of drops and releases: whoever plans the same ones does the same work.</summary>
    private static string DropWorkId(Contract contract, SourcePlan work)
    {
        var ids = work.Slices.SelectMany(slice => slice.Drops ?? []).Concat(work.Duplicates.Select(duplicate => duplicate.Drop)).Select(drop => drop.RecordId).Order(StringComparer.Ordinal);
        return $"{contract.Id}/drops-{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', ids))))[..32]}";
    }

    /// <summary>The offsets: whoever plans the same ones does the same work.</summary>
    private static string StreamWorkId(Contract contract, SourcePlan work)
    {
        var ranges = work.Partitions.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Of}:{part.Position}:{part.First}-{part.Last}")).Order(StringComparer.Ordinal);
        return $"{contract.Id}/offsets-{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', ranges))))[..32]}";
    }

    private static string Instant(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.ffffff'Z'", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Ordinals are claimed one by one with a conditional put, so two plans never share one and a later claim is always higher.</summary>
    private async Task<long> ClaimOrdinalAsync(Contract contract, string execution, CancellationToken cancellationToken)
    {
        var prefix = $"ordinals/{contract.Id}/";
        var last = 0L;
        await foreach (var key in lake.ListAsync(prefix, cancellationToken))
        {
            last = Math.Max(last, long.Parse(key.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture));
        }

        var claim = LakeJson.ToBytes(new { execution });
        while (!await lake.PutIfAbsentAsync(string.Create(CultureInfo.InvariantCulture, $"{prefix}{++last:D12}"), claim, cancellationToken))
        {
        }

        return last;
    }

    private Task<bool> WriteSlicesAsync(RunKeys keys, RunPlan plan, CancellationToken cancellationToken) =>
        lake.PutIfAbsentAsync(keys.Slices, LakeJson.ToBytes(plan.Slices.Select(slice => new { number = slice.Number })), cancellationToken);
}

/// <summary>What earlier loads took, for feeds whose work is not a window.</summary>
public sealed record TakenBefore(IDropHistory? Drops, IStreamPositions? Streams);
