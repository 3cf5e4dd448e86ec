using System.IO.Compression;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Landing;
using RetailLake.Core.Runs;

namespace RetailLake.Tests.Rows;

/// <summary>A lake in a folder of its own, and slices landed into it from text.</summary>
public sealed class SliceFixture : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rows-").FullName;

    public SliceFixture() => Lake = new FileSystemLake(new Uri(folder).AbsoluteUri);

    public FileSystemLake Lake { get; }

    public RunKeys Keys { get; } = new("oms", "order", "order-20261121T0000");

    public PersonalTokens Tokens { get; } = new("0123456789abcdef0123456789abcdef"u8);

    public static ContractColumn Column(string name, ColumnKind kind, params ColumnRule[] rules) => new()
    {
        Name = name,
        SourceName = name,
        Type = new ColumnType(kind, "text") { Precision = 12, Scale = kind == ColumnKind.Decimal ? 2 : 0, MaxBytes = 200 },
        Rules = rules,
    };

    public static ContractTable Table(string name, params ContractColumn[] columns) => new()
    {
        Name = name,
        SourceName = name,
        Columns = columns,
        Key = [columns[0].Name],
    };

    public static Contract Contract(params ContractTable[] tables) => new()
    {
        Id = "oms.order",
        Source = "oms",
        Feed = "order",
        Version = "1.0.0",
        Sha256 = "00",
        Server = new SourceServer("mysql", null, null, "oms", "sources/oms"),
        Extract = new ExtractSpec { Mode = ExtractMode.Snapshot },
        Tables = tables,
    };

    /// <summary>Lands text that is escaped already, row by row.</summary>
    public async Task<LandedTable> LandAsync(ContractTable table, string text, string format = "mysql-tab", long? rows = null)
    {
        await using var writer = await Lake.CreateAsync(Keys.LandingObject(1, Guid.NewGuid().ToString("N"), $"{table.Name}.txt.zst"), default);
        if (text.Length == 0)
        {
            await using var empty = new TabWriter(writer.Stream);
            await empty.CompleteAsync(default);
        }
        else
        {
            await using var frame = LandingCompression.Compress(writer.Stream);
            await frame.WriteAsync(Encoding.UTF8.GetBytes(text));
        }

        return new LandedTable(table.Name, format, await writer.CommitAsync(default), rows ?? text.Count(character => character == '\n'));
    }

    public static LandedManifest Manifest(params LandedTable[] tables) => new(1, tables, [], []);

    public Task<ValidatedManifest> ValidateAsync(Contract contract, LandedManifest landed) =>
        new RowValidator(Lake, contract, Keys, Tokens).ValidateAsync(landed, Guid.NewGuid().ToString("N"), default);

    public Task<CuratedManifest> EncodeAsync(Contract contract, LandedManifest landed, ValidatedManifest validated) =>
        new ParquetEncoder(Lake, contract, Keys, Tokens).EncodeAsync(landed, validated, Guid.NewGuid().ToString("N"), default);

    public async Task<IReadOnlyList<string>> RejectsAsync(ValidatedTable table)
    {
        if (table.Rejects is null)
        {
            return [];
        }

        await using var stored = (await Lake.OpenReadAsync(table.Rejects.Key, default))!;
        await using var gzip = new GZipStream(stored, CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Reads rows of one field each from landed bytes.</summary>
    public static List<string?[]> ReadAll(byte[] stored, int columns)
    {
        using var reader = TabReader.OverLanded(new MemoryStream(stored), columns, "test");
        List<string?[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, columns).Select(index => reader.IsNull(index) ? null : Encoding.UTF8.GetString(reader.Field(index)))]);
        }

        return rows;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
