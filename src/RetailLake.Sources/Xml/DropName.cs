using System.Text;
using System.Text.RegularExpressions;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;

namespace RetailLake.Sources.Xml;

/// <summary>A drop's name, or a part of it, as a value.</summary>
internal static class DropName
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <param name="group">Of the contract's pattern of names; null: the whole name.</param>
    public static byte[] Value(Contract contract, DropRef drop, string? group)
    {
        if (group is null || contract.Drop?.NamePattern is not { } pattern)
        {
            return Encoding.UTF8.GetBytes(drop.Name);
        }

        var match = Regex.Match(drop.Name, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience);
        return Encoding.UTF8.GetBytes(match.Groups[group].Value);
    }
}
