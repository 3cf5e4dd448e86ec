using System.Globalization;

namespace RetailLake.Local.Running;

/// <summary>The equations of a load's books, checked once more from what the ledger says.</summary>
internal static class LoadBooks
{
    public static IEnumerable<string> Imbalances(MeasureReport measure)
    {
        var hop = measure.Hops;
        foreach (var (name, left, right) in new (string, decimal, decimal)[]
        {
            ("source = landed", hop["source"], hop["landed"]),
            ("landed = valid + rejected", hop["landed"], hop["valid"] + hop["rejected"]),
            ("valid = staged", hop["valid"], hop["staged"]),
            ("staged = inserted + replaced + superseded + duplicate + held + deleted", hop["staged"],
                hop["inserted"] + hop["replaced"] + hop["superseded"] + hop["duplicate"] + hop["held"] + hop["deleted"]),
            ("published = inserted + replaced", hop["published"], hop["inserted"] + hop["replaced"]),
        })
        {
            if (left != right)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{measure.Table}.{measure.Measure}: {name}, but {left} is not {right}");
            }
        }
    }
}
