namespace RetailLake.Core.Contracts;

/// <summary>The outbound feed to Manthan that a contract declares; one file per load.</summary>
public sealed record ManthanSpec
{
    /// <summary>e.g. <c>SALES</c>; files are <c>MANTHAN_SALES_D_20261121_000042.dat.gz</c> and <c>.ctl</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>The contract's table that is exported.</summary>
    public required string Table { get; init; }

    /// <summary>Exported columns in layout order.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>A date or timestamp column (of <see cref="Columns"/>) whose minimum and maximum the control file states.</summary>
    public string? BusinessDate { get; init; }

    /// <summary>Columns whose sums the control file states.</summary>
    public IReadOnlyList<string> Totals { get; init; } = [];

    public bool Header { get; init; }

    public ManthanDelivery Delivery { get; init; } = ManthanDelivery.Rename;

    /// <summary>Where it is delivered: <c>file:///folder</c> or <c>sftp://host:port/folder</c>; null: the lake's own <c>exports/</c> only.
    /// <c>secret:name</c> takes the whole target from the secret store.</summary>
    public string? Target { get; init; }
}

/// <summary>Some receivers start on arrival and must not see a rename, others must never see a half file.</summary>
public enum ManthanDelivery
{
    /// <summary>Upload under a temporary name, then rename.</summary>
    Rename,

    /// <summary>Upload under the final name; the control file is last.</summary>
    Direct,

    /// <summary>Direct, then an empty <c>.complete</c> marker.</summary>
    DirectWithMarker,
}
