using System.Globalization;
using RetailLake.Core.Contracts;

namespace RetailLake.Core.Export;

/// <summary><c>MANTHAN_SALES_D_20261121_000042.dat.gz</c>: subject, F(ull) or D(elta), business date of the plan, sequence.</summary>
internal sealed record ManthanNames(string Stem, string Folder)
{
    // The country has one zone and no summer time; a fixed offset needs no zone data in a trimmed image.
    public static readonly TimeSpan India = new(5, 30, 0);

    public string Data => $"{Stem}.dat.gz";

    public string Deletions => $"{Stem}_DEL.dat.gz";

    public string Control => $"{Stem}.ctl";

    /// <param name="plannedAt">Of the plan, never the clock: a file built again has the same name.</param>
    public static ManthanNames Of(Contract contract, ManthanSpec manthan, DateTimeOffset plannedAt, long sequence, string attempt)
    {
        var kind = contract.Extract.Mode == ExtractMode.Snapshot ? 'F' : 'D';
        var date = plannedAt.ToOffset(India).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var number = sequence.ToString("D6", CultureInfo.InvariantCulture);
        return new($"MANTHAN_{manthan.Subject}_{kind}_{date}_{number}", $"exports/manthan/{manthan.Subject}/{number}-{attempt}");
    }
}
