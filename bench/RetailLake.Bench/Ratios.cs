using System.Globalization;

namespace RetailLake.Bench;

internal static class Ratios
{
    /// <summary>Median, least and greatest.</summary>
    public static string Spread(List<double> ratios)
    {
        ratios.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{ratios[ratios.Count / 2]:N2} ({ratios[0]:N2}-{ratios[^1]:N2})");
    }
}
