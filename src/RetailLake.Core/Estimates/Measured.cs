namespace RetailLake.Core.Estimates;

/// <summary>Figures per row, measured with <c>lake bench pipeline</c> and over the lake that <c>lake demo</c> leaves (3.7 million rows landed, 54 loads), on two x86 cores.</summary>
public static class Measured
{
    /// <summary>CPU seconds of LandSlice, ValidateSlice and TransformSlice for a million rows; one vCPU is 1,769 MB of Lambda.</summary>
    public const decimal LandSeconds = 1.5m;
    public const decimal ValidateSeconds = 0.6m;
    public const decimal TransformSeconds = 1.5m;

    public const decimal LandedBytesPerRow = 83m;
    public const decimal CuratedBytesPerRow = 39m;
    public const decimal WarehouseBytesPerRow = 51m;

    /// <summary>Manifests, verdicts, curated and landed objects of one load of one slice; each further slice adds the second figure.</summary>
    public const int ObjectsPerLoad = 18;
    public const int ObjectsPerSlice = 6;

    /// <summary>Peak of the process that lands, validates and transforms: the same for 1 and 5 million rows.</summary>
    public const int PeakMegabytes = 180;
}

/// <summary>What nobody has measured here, because it needs the service itself. Shown with every estimate.</summary>
public static class Assumed
{
    /// <summary>Seconds of one load's statements at the base capacity, and what a million rows add.</summary>
    public const decimal LoadSeconds = 25m;
    public const decimal LoadSecondsPerMillionRows = 12m;

    /// <summary>Redshift Serverless bills at least so long whenever it wakes.</summary>
    public const decimal LeastAwakeSeconds = 60m;

    /// <summary>Of each invocation beside its rows: start of a process, reads of plan and manifests.</summary>
    public const decimal OverheadSeconds = 0.6m;
}
