using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Rows.Drops;

/// <summary>The readers of all formats.</summary>
public sealed class DropReaders(IReadOnlyDictionary<DropFormat, IDropReaders> formats) : IDropReaders
{
    /// <exception cref="NotSupportedByLakeException">No reader is built for the contract's format.</exception>
    public DropReader Open(Contract contract, DropRef drop, Stream stored)
    {
        ArgumentNullException.ThrowIfNull(contract);
        ArgumentNullException.ThrowIfNull(drop);
        return contract.Drop is { } spec && formats.TryGetValue(spec.Format, out var readers)
            ? readers.Open(contract, drop, stored)
            : throw new NotSupportedByLakeException(
                $"Found drop '{drop.Id}' of contract '{contract.Id}' with format '{contract.Drop?.Format.ToString() ?? "none"}'; readers exist for {(formats.Count == 0 ? "none" : string.Join(", ", formats.Keys.Order()))}.",
                "The drop stays in landing and nothing of it was loaded.",
                "Correct retaillake.drop in the contract, or deploy a version with that reader.");
    }
}
