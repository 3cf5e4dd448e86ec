using System.Globalization;

namespace RetailLake.Core.Estimates;

/// <param name="Passes">How the design stays under it, or what to do where it does not.</param>
public sealed record ScaleLimit(string Name, decimal Used, decimal Limit, string Unit, string Passes)
{
    /// <summary>Used ÷ limit; 1 or more: it does not fit.</summary>
    public decimal Share => Used / Limit;
}

/// <summary>The limits of the services that a workload comes near, the nearest first.</summary>
public static class ScaleLimits
{
    private const decimal Million = 1_000_000m;

    /// <summary>MaxConcurrency of ForEachSlice.</summary>
    private const int SlicesAtOnce = 8;

    /// <param name="rootResources">Resources of template.yaml after SAM's expansion.</param>
    /// <param name="mostStatements">Of the largest load of any contract.</param>
    public static IReadOnlyList<ScaleLimit> Of(Workload workload, int rootResources, int mostStatements)
    {
        ArgumentNullException.ThrowIfNull(workload);
        var slices = MonthlyEstimate.SlicesPerDay(workload);
        var loads = Math.Max(1, workload.LoadsPerDay);
        var slicesOfRun = Math.Ceiling((decimal)slices / loads);
        var rowsOfSlice = Math.Min(500_000m, (decimal)workload.RowsPerDay / slices);
        var sliceSeconds = Assumed.OverheadSeconds + (rowsOfSlice / Million * Math.Max(Measured.LandSeconds, Measured.TransformSeconds));
        var busySeconds = slices * ((3 * Assumed.OverheadSeconds) + (rowsOfSlice / Million * (Measured.LandSeconds + Measured.ValidateSeconds + Measured.TransformSeconds)));
        return
        [
            .. new ScaleLimit[]
            {
                new("Payload of a state", 1_200, 262_144, "bytes", "Steps exchange pointers: the payload is the same at any size."),
                new("History of an execution", 120, 25_000, "events", "ForEachSlice is a Distributed Map: each slice has a history of its own."),
                new("Items of a Map Run", slicesOfRun, 10_000, "slices", "Raise sliceRows in the contract: a slice streams, its memory does not follow its rows."),
                new("Time of one invocation", sliceSeconds, 900, "seconds", "A slice holds at most 500,000 rows unless the contract says otherwise."),
                new("Memory of one invocation", Measured.PeakMegabytes, 1_769, "MB", "Everything streams; 5 million rows take what 1 million takes."),
                new("Slices at once, all day", Math.Round(busySeconds / 86_400m, 4), SlicesAtOnce * Math.Max(1, workload.Feeds), "busy invocations", "Raise MaxConcurrency of ForEachSlice, up to what the sources bear, and the account's 1,000."),
                new("Statements of one load", mostStatements, 40, "statements", "Does not grow with rows; 'lake contract check' refuses a contract that would need more."),
                new("Warehouse awake for loads", MonthlyEstimate.AwakeSecondsPerDay(workload), 86_400, "seconds a day", "Load less often (--cadence), or take the RPU-hours for a warehouse that never sleeps."),
                new("Loads one after the other, per feed", Math.Max(1, (decimal)loads / Math.Max(1, workload.Feeds)) * (Assumed.LoadSeconds + (Assumed.LoadSecondsPerMillionRows * workload.RowsPerDay / loads / Million)), 86_400, "seconds a day",
                    "Loads of a feed wait for each other: raise the base capacity, or run less often; what is pending joins one load."),
                new("Resources of the root stack", rootResources, 500, "resources", "Each source is a nested stack, so the root grows by two resources per source."),
            }.OrderByDescending(limit => limit.Share),
        ];
    }

    public static string Shown(decimal value) => value.ToString(value >= 100 ? "N0" : "0.##", CultureInfo.InvariantCulture);
}
