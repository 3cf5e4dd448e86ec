using System.Text;
using System.Text.RegularExpressions;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;

namespace RetailLake.Sources.Drops;

/// <summary>The sender's name of a drop and the named groups of the contract's pattern, as values for columns.</summary>
internal sealed class DropName(Contract contract, DropRef drop, DropFaults faults)
{
    // The sender chooses the name: it is matched as intake does, in linear time.
    private readonly Lazy<Regex?> pattern = new(() => contract.Drop?.NamePattern is { } written ? DropNames.Pattern(written) : null);

    /// <param name="group">Null: the whole name.</param>
    /// <returns>Null when the group took no part in the match.</returns>
    public byte[]? Value(string? group)
    {
        if (group is null)
        {
            return Encoding.UTF8.GetBytes(drop.Name);
        }

        // A match that failed knows no groups: the pattern is asked for them.
        if (pattern.Value is not { } regex || !regex.GetGroupNames().Contains(group))
        {
            throw faults.Contract($"Found '$name.{group}' without such a group in the name pattern");
        }

        var found = regex.Match(drop.Name);
        return !found.Success ? throw faults.Format($"Found the name {faults.Where}; the contract's name pattern does not match it.")
            : found.Groups[group].Success ? Encoding.UTF8.GetBytes(found.Groups[group].Value)
            : null;
    }
}
