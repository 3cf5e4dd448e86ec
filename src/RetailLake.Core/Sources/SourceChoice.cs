using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Sources;

public static class SourceChoice
{
    /// <exception cref="NotSupportedByLakeException">No reader is built for the contract's server type.</exception>
    public static ISource For(this IEnumerable<ISource> sources, Contract contract)
    {
        ArgumentNullException.ThrowIfNull(contract);
        var type = contract.Drop is null ? contract.Server.Type : DropSource.Kind;
        return sources.FirstOrDefault(source => source.Type == type) ?? throw new NotSupportedByLakeException(
            $"Found server type '{contract.Server.Type}' in contract '{contract.Id}'; readers exist for {string.Join(", ", sources.Select(source => $"'{source.Type}'"))}.",
            "Nothing was read.",
            "Correct servers[].type in the contract.");
    }
}
