using RetailLake.Core.Contracts;

namespace RetailLake.Core.Drops;

/// <summary>Names of the columns behind those of the contract that say where a row came from, in the order of the curated files.</summary>
public static class OriginColumns
{
    public static IReadOnlyList<string> OfDrops { get; } = [DropRef.FileColumn, DropRef.DropColumn, DropRef.VersionColumn];

    public static IReadOnlyList<string> OfStreams { get; } = [.. OfDrops, DropRef.ChangeColumn, DropRef.EventColumn];

    /// <returns>None for feeds of databases.</returns>
    public static IReadOnlyList<string> Of(Contract contract)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return contract.Stream is not null ? OfStreams : contract.Drop is not null ? OfDrops : [];
    }
}
