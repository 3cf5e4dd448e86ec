using RetailLake.Core.Drops;

namespace RetailLake.Core.Warehouse;

/// <summary>
/// The order of two copies of a row that came from drops: version, then content, then name. It stands in the rows themselves, so it is the
/// same whatever arrives first. Redshift compares no row values, hence the long form.
/// </summary>
internal static class DropOrder
{
    public const string Version = DropRef.VersionColumn;
    public const string Drop = DropRef.DropColumn;
    public const string File = DropRef.FileColumn;

    /// <summary>In the order of the files.</summary>
    public static readonly IReadOnlyList<string> Origin = OriginColumns.OfDrops;

    /// <summary>Copy <paramref name="a"/> stays when both are there.</summary>
    public static string IsNewer(string a, string b) =>
        $"({a}.\"{Version}\" > {b}.\"{Version}\" OR ({a}.\"{Version}\" = {b}.\"{Version}\" AND ({a}.\"{Drop}\" > {b}.\"{Drop}\" OR ({a}.\"{Drop}\" = {b}.\"{Drop}\" AND {a}.\"{File}\" > {b}.\"{File}\"))))";

    /// <summary>The row's drop is an older one than the latest of the row's scope.</summary>
    public static string IsBelow(string row, string scope) =>
        $"({row}.\"{Version}\" < {scope}.\"{Version}\" OR ({row}.\"{Version}\" = {scope}.\"{Version}\" AND {row}.\"{Drop}\" < {scope}.\"{Drop}\"))";

    /// <summary>Both rows came from one drop.</summary>
    public static string SameDrop(string a, string b) => $"{a}.\"{File}\" = {b}.\"{File}\" AND {a}.\"{Drop}\" = {b}.\"{Drop}\" AND {a}.\"{Version}\" = {b}.\"{Version}\"";
}
