using RetailLake.Core.Contracts;

namespace RetailLake.Tests.Drops.Chain;

/// <summary>Contracts of one column; nothing here reads the rows.</summary>
internal static class DropFeeds
{
    public static Contract Of(DropSpec drop, string source = "gp", string feed = "grn") => new()
    {
        Id = $"{source}.{feed}",
        Source = source,
        Feed = feed,
        Version = "1.0.0",
        Sha256 = new('0', 64),
        Server = new("s3", null, null, "", $"sources/{source}"),
        Extract = new() { Mode = ExtractMode.Snapshot },
        Drop = drop,
        Tables =
        [
            new()
            {
                Name = "grn", SourceName = "grn", Key = ["id"],
                Columns = [new() { Name = "id", SourceName = "id", Type = new(ColumnKind.Int64, "bigint"), Required = true }],
            },
        ],
    };

    public static DropSpec Trailer(string? pattern = null) => new() { Format = DropFormat.Delimited, NamePattern = pattern, Proof = new(ProofKind.Trailer) };

    public static DropSpec Marker(string name = "{name}.done") => new() { Format = DropFormat.Delimited, NamePattern = @".*\.csv", Proof = new(ProofKind.Marker, name) };

    public static DropSpec Control(ControlFile control) =>
        new() { Format = DropFormat.Delimited, NamePattern = @".*\.(csv|txt)", Proof = new(ProofKind.Control, "{stem}.ctl") { Control = control } };
}
