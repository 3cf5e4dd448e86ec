namespace RetailLake.Core.Runs;

/// <summary>Cuts what a plan takes into parts for its slices, in its order.</summary>
internal static class SliceParts
{
    /// <summary>A part is closed before it gets heavier than allowed, or longer; one item alone may be heavier.</summary>
    public static IEnumerable<(IReadOnlyList<T> Items, long Weight)> Cut<T>(IEnumerable<T> items, Func<T, long> weigh, long mostWeight, int mostItems)
    {
        List<T> open = [];
        var weight = 0L;
        foreach (var item in items)
        {
            var more = weigh(item);
            if (open.Count > 0 && (weight + more > mostWeight || open.Count == mostItems))
            {
                yield return (open, weight);
                (open, weight) = ([], 0);
            }

            open.Add(item);
            weight += more;
        }

        if (open.Count > 0)
        {
            yield return (open, weight);
        }
    }
}
