namespace RetailLake.Core.Estimates;

/// <param name="Quantity">Of the month, in <paramref name="Unit"/>.</param>
/// <param name="Dollars">Exact; rounded where it is shown.</param>
public sealed record EstimateLine(string Service, string Unit, decimal Quantity, decimal Dollars);

/// <summary>A month of one workload: what is used of each service, and what it costs.</summary>
public sealed record MonthlyEstimate(Workload Workload, IReadOnlyList<EstimateLine> Lines)
{
    private const decimal Million = 1_000_000m;
    private const decimal Billion = 1_000_000_000m;
    private const decimal Gigabytes = 1.769m;
    private const long SliceRows = 500_000;

    /// <summary>State transitions of one execution besides its slices, and of each slice (three tasks and the child execution's start).</summary>
    private const int TransitionsPerExecution = 12;
    private const int TransitionsPerSlice = 4;

    /// <summary>Invocations of one execution besides its slices: plan, audit, copy, complete, register, build, deliver, and the start of it.</summary>
    private const int InvocationsPerExecution = 8;

    public decimal Dollars => Lines.Sum(line => line.Dollars);

    /// <summary>Slices of a day: none of them under a load's share of the rows, none over 500,000 rows.</summary>
    public static long SlicesPerDay(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        var perLoad = Math.Max(1, workload.RowsPerDay / Math.Max(1, workload.LoadsPerDay));
        return workload.LoadsPerDay * ((perLoad + SliceRows - 1) / SliceRows);
    }

    /// <summary>Seconds of a day that the warehouse is awake for loads alone; queries of people come on top.</summary>
    public static decimal AwakeSecondsPerDay(Workload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        var rowsPerLoad = (decimal)workload.RowsPerDay / Math.Max(1, workload.LoadsPerDay);
        var seconds = Math.Max(Assumed.LeastAwakeSeconds, Assumed.LoadSeconds + (Assumed.LoadSecondsPerMillionRows * rowsPerLoad / Million));
        return Math.Min(86_400m, workload.LoadsPerDay * seconds);
    }

    public static MonthlyEstimate Of(Workload workload, Rates rates)
    {
        ArgumentNullException.ThrowIfNull(workload);
        ArgumentNullException.ThrowIfNull(rates);
        const int days = Workload.DaysOfMonth;
        var (loads, slices, drops) = ((decimal)workload.LoadsPerDay * days, (decimal)SlicesPerDay(workload) * days, (decimal)workload.Stores * days);
        var invocations = (loads * InvocationsPerExecution) + (slices * 3) + drops;
        var seconds = (workload.RowsPerMonth / Million * (Measured.LandSeconds + Measured.ValidateSeconds + Measured.TransformSeconds)) + (invocations * Assumed.OverheadSeconds);
        var puts = (loads * Measured.ObjectsPerLoad) + (slices * Measured.ObjectsPerSlice) + (drops * 2);
        var landed = workload.RowsPerMonth * Measured.LandedBytesPerRow / Billion;
        var curated = workload.RowsPerMonth * Measured.CuratedBytesPerRow / Billion;
        return new(workload,
        [
            Line("Lambda", "GB-second", seconds * Gigabytes, rates["lambda.gbSecond"]),
            Line("Lambda", "invocation", invocations, rates["lambda.request"]),
            Line("Step Functions", "state transition", (loads * TransitionsPerExecution) + (slices * TransitionsPerSlice), rates["states.transition"]),

            // What a month adds; it is kept for as long as the lifecycle rules say.
            Line("S3", "GB-month", landed + curated, rates["s3.gbMonth"]),
            Line("S3", "write", puts, rates["s3.put"]),
            Line("S3", "read", puts * 3, rates["s3.get"]),
            Line("CloudTrail", "data event", puts * 4, rates["cloudtrail.event"]),
            Line("Redshift", "RPU-hour", AwakeSecondsPerDay(workload) * days * workload.BaseRpu / 3600m, rates["redshift.rpuHour"]),
            Line("Redshift", "GB-month", workload.RowsPerMonth * Measured.WarehouseBytesPerRow / Billion, rates["redshift.gbMonth"]),
            Line("CloudWatch", "GB of logs", invocations * 3_000m / Billion, rates["logs.gb"]),
        ]);
    }

    private static EstimateLine Line(string service, string unit, decimal quantity, decimal rate) => new(service, unit, quantity, quantity * rate);
}
