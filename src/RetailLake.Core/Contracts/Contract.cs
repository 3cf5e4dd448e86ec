using System.Text.Json.Serialization;

namespace RetailLake.Core.Contracts;

/// <summary>One feed's contract (ODCS v3.1), compiled: what every step, statement and page is derived from.</summary>
/// <remarks>Plain data that survives a JSON round trip: the build writes all contracts into one bundle, so no YAML is read at cold start.</remarks>
public sealed record Contract
{
    /// <summary><c>source.feed</c>, e.g. <c>oms.order</c>.</summary>
    public required string Id { get; init; }

    public required string Source { get; init; }

    public required string Feed { get; init; }

    /// <summary>The contract's own version, e.g. <c>1.2.0</c>.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of the contract's file, hex; plans pin it.</summary>
    public required string Sha256 { get; init; }

    public string? Description { get; init; }

    public required SourceServer Server { get; init; }

    public required ExtractSpec Extract { get; init; }

    /// <summary>The first table is the parent; the others belong to its rows (lines and tenders of a bill).</summary>
    public required IReadOnlyList<ContractTable> Tables { get; init; }

    /// <summary>How many percent of the landed rows may be rejected before nothing is published. 0..100, default 5; of topics 100, since no record may hold up those behind it.</summary>
    public decimal RejectBudgetPercent { get; init; } = 5m;

    /// <summary>So many rejects are always allowed: in a window of thirty rows two are no verdict on the source. Default 0.</summary>
    public int RejectBudgetRows { get; init; }

    /// <summary>Hours after which the feed counts as late (ODCS slaProperties 'latency'); null when not declared.</summary>
    public decimal? FreshnessHours { get; init; }

    public ManthanSpec? Manthan { get; init; }

    /// <summary>Only for feeds of files: how drops are read. Null: the feed is read from a database.</summary>
    public DropSpec? Drop { get; init; }

    /// <summary>Only for feeds of Kafka records: which topic. Null: the feed is read from elsewhere.</summary>
    public StreamSpec? Stream { get; init; }

    [JsonIgnore]
    public ContractTable Parent => Tables[0];

    /// <summary>A record holds a row of the parent with all its children, and replaces them as a whole. Otherwise every table has a topic, and its rows come by themselves.</summary>
    [JsonIgnore]
    public bool IsDocument => Stream?.Topic is not null;

    /// <summary>Topics whose records land in this feed: those of its tables, and those that hold no rows. Empty for other feeds.</summary>
    [JsonIgnore]
    public IEnumerable<string> Topics => Stream is null ? [] : (Stream.Topic is { } one ? [one] : Tables.Select(table => table.Record!)).Concat(Stream.Ignored);
}

/// <summary>Where the source is: what the contract says; a secret of the same form may override host and port.</summary>
/// <param name="Type">ODCS server type: <c>mysql</c>; for drops <c>s3</c> (uploaded into <c>drops/</c> by others), <c>sftp</c>, or <c>custom</c> with a location of <c>ftp://</c> or <c>ftps://</c>; <c>kafka</c>, whose host is a setting.</param>
/// <param name="Database">Empty for drops and streams.</param>
/// <param name="Secret">Name in the secret store, e.g. <c>sources/oms</c>: JSON with username, password and optionally host, port, sslMode.</param>
public sealed record SourceServer(string Type, string? Host, int? Port, string Database, string Secret)
{
    /// <summary>Drops: folder on the server, e.g. <c>ftps://ftp.example.com:21/out/poslog</c>; null when others upload.</summary>
    public string? Location { get; init; }
}
