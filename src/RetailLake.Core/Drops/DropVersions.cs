using System.Globalization;
using RetailLake.Core.Contracts;

namespace RetailLake.Core.Drops;

/// <summary>The number that puts two versions of the same rows in order, see <see cref="VersionOrigin"/>.</summary>
public static class DropVersions
{
    /// <param name="modified">The file's time at the sender.</param>
    /// <returns>The digits of the name as a number, or the time in microseconds since 1970; null when the contract does not want the name, or its version is no number below 2^63.</returns>
    public static long? Of(DropSpec spec, string name, DateTimeOffset modified)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (DropNames.MatchOf(spec, name) is not { } match)
        {
            return null;
        }

        if (spec.Version == VersionOrigin.Modified)
        {
            return (modified.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        }

        // The group by number style: '\d' also takes the digits of other scripts, which are no number here.
        return long.TryParse(match.Groups[DropNames.VersionGroup].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
    }
}
