using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Runs;

namespace RetailLake.Tests.Rows.Drops;

/// <summary>A lake in a folder of its own, and drops landed into it from lines of <see cref="LineReader"/>.</summary>
internal sealed class DropFixture : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("drops-").FullName;

    public DropFixture() => Lake = new FileSystemLake(new Uri(folder).AbsoluteUri);

    public FileSystemLake Lake { get; }

    public IDropReaders Readers { get; init; } = new LineReaders();

    public PersonalTokens Tokens { get; } = new("0123456789abcdef0123456789abcdef"u8);

    public static RunKeys Keys { get; } = new("pos", "bill", "bill-20261121T0000");

    public static ContractTable Bills { get; } = SliceFixture.Table(
        "bill", SliceFixture.Column("id", ColumnKind.Int64), SliceFixture.Column("total", ColumnKind.Decimal) with { ControlTotal = true },
        SliceFixture.Column("phone", ColumnKind.Text, new ColumnRule("phone-in")) with { Personal = true, Normalise = "phone-in" }) with { Record = "B" };

    public static ContractTable Lines { get; } = SliceFixture.Table(
        "line", SliceFixture.Column("line_id", ColumnKind.Int64), SliceFixture.Column("bill_id", ColumnKind.Int64),
        SliceFixture.Column("amount", ColumnKind.Decimal, new ColumnRule("minimum", "0")) with { ControlTotal = true },
        SliceFixture.Column("note", ColumnKind.Text)) with { ParentKey = ["bill_id"] };

    public static Contract Contract(params ContractTable[] tables) => SliceFixture.Contract(tables) with
    {
        Id = "pos.bill",
        Source = "pos",
        Feed = "bill",
        Server = new SourceServer("s3", null, null, "", ""),
        Drop = new DropSpec { Format = tables.Length == 1 ? DropFormat.Delimited : DropFormat.Xml },
    };

    public static string Lined(params string[] lines) => string.Concat(lines.Select(line => line + "\n"));

    public Task<DropRef> DropAsync(string name, string text, long version = 1) => DropAsync(name, Encoding.UTF8.GetBytes(text), version);

    public async Task<DropRef> DropAsync(string name, byte[] content, long version = 1)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        var key = $"landing/pos/bill/drop={sha256}";
        await Lake.PutIfAbsentAsync(key, content, default);
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name} {sha256} {version}")));
        return new(id, name, new LakeObject(key, content.Length, sha256), version, DateTimeOffset.UnixEpoch);
    }

    public Task<LandedManifest> LandAsync(Contract contract, params DropRef[] drops) =>
        new DropLander(Readers).LandAsync(contract, Keys, new PlanSlice(1, SliceKind.Drops, null, null, 0) { Drops = drops }, Lake, Guid.NewGuid().ToString("n"), default);

    public Task<ValidatedManifest> ValidateAsync(Contract contract, LandedManifest landed, string attempt = "a") =>
        new DropValidator(Lake, contract, Keys, Tokens, Readers).ValidateAsync(landed, attempt, default);

    public Task<CuratedManifest> EncodeAsync(Contract contract, LandedManifest landed, ValidatedManifest validated, string attempt = "a") =>
        new DropEncoder(Lake, contract, Keys, Tokens, Readers).EncodeAsync(landed, validated, attempt, default);

    public async Task<(LandedManifest Landed, ValidatedManifest Validated, CuratedManifest Curated)> RunAsync(Contract contract, params DropRef[] drops)
    {
        // The manifests pass between the steps as JSON.
        var landed = Again(await LandAsync(contract, drops));
        var validated = Again(await ValidateAsync(contract, landed));
        return (landed, validated, Again(await EncodeAsync(contract, landed, validated)));
    }

    /// <summary>The first column of a curated table.</summary>
    public IReadOnlyList<string?> Curated(CuratedManifest curated, string table) =>
        curated.Tables.FirstOrDefault(candidate => candidate.Table == table) is { } found ? [.. DuckDb.Parquet(Lake.Locate(found.Object.Key)).Select(row => row[0])] : [];

    /// <summary>Everything that quarantine holds, decompressed.</summary>
    public async Task<string> QuarantineAsync()
    {
        var all = new StringBuilder();
        await foreach (var key in Lake.ListAsync("quarantine/", default))
        {
            await using var stored = (await Lake.OpenReadAsync(key, default))!;
            using var reader = new StreamReader(key.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stored, CompressionMode.Decompress) : stored, Encoding.Latin1);
            all.Append(await reader.ReadToEndAsync());
        }

        return all.ToString();
    }

    public async Task<IReadOnlyList<string>> RejectsAsync(ValidatedTable table)
    {
        await using var stored = (await Lake.OpenReadAsync(table.Rejects!.Key, default))!;
        using var reader = new StreamReader(new GZipStream(stored, CompressionMode.Decompress));
        return (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static T Again<T>(T manifest) => LakeJson.FromBytes<T>(LakeJson.ToBytes(manifest));
}
