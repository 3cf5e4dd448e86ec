namespace RetailLake.Core.Metrics;

/// <summary>What is measured. template.yaml's alarms and dashboard use the same names.</summary>
public static class MetricName
{
    /// <summary>Of one run, told when it was judged as a whole.</summary>
    public const string RowsLanded = nameof(RowsLanded);

    public const string RowsRejected = nameof(RowsRejected);

    /// <summary>Published by one load.</summary>
    public const string RowsLoaded = nameof(RowsLoaded);

    /// <summary>From the moment up to which a load's data reaches until it was loaded.</summary>
    public const string LagSeconds = nameof(LagSeconds);

    /// <summary>By how much <see cref="LagSeconds"/> is over what the contract promises; 0 when it is not.</summary>
    public const string OverdueSeconds = nameof(OverdueSeconds);

    /// <summary>Units that wait for missing rows: after a load, and when a run finds nothing to load.</summary>
    public const string BillsHeld = nameof(BillsHeld);

    /// <summary>Those of them that have waited longer than the contract allows.</summary>
    public const string BillsExpired = nameof(BillsExpired);

    public const string DropsRefused = nameof(DropsRefused);

    /// <summary>Bytes, rows or checksums are not those that the sender states.</summary>
    public const string ControlFilesContradicted = nameof(ControlFilesContradicted);
}
