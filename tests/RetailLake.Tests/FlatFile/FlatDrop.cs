using System.IO.Compression;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Runs;
using RetailLake.Sources.Drops;
using RetailLake.Sources.FlatFile;

namespace RetailLake.Tests.FlatFile;

/// <summary>Contracts and drops of flat files, built in place; rows read through the product's own readers.</summary>
internal static class FlatDrop
{
    public static DropRef Ref { get; } = new("id", "gp_17_20261121.csv", new LakeObject("landing/gp/grn/drop=00", 0, "00"), 1, DateTimeOffset.UnixEpoch);

    public static ContractColumn Column(string name, ColumnKind kind = ColumnKind.Text, FieldFormat? format = null, FieldSource? from = null) => new()
    {
        Name = name,
        SourceName = name,
        Type = new ColumnType(kind, "text") { Precision = 18, Scale = kind == ColumnKind.Decimal ? 2 : 0, MaxBytes = 65_535 },
        Format = format,
        From = from,
    };

    public static FieldSource At(int position, int length = 0) => new(FieldScope.Record, null, position, length);

    /// <summary>Columns at the positions 1, 2, …</summary>
    public static ContractColumn[] Positions(int count) => [.. Enumerable.Range(1, count).Select(position => Column($"c{position}", from: At(position)))];

    public static ContractTable Table(string name, string? record, params ContractColumn[] columns) => new()
    {
        Name = name,
        SourceName = name,
        Columns = columns,
        Key = [columns[0].Name],
        Record = record,
    };

    public static Contract Contract(DropSpec spec, params ContractTable[] tables) => new()
    {
        Id = "gp.grn",
        Source = "gp",
        Feed = "grn",
        Version = "1.0.0",
        Sha256 = "00",
        Server = new SourceServer("s3", null, null, "", ""),
        Extract = new ExtractSpec { Mode = ExtractMode.Snapshot },
        Tables = tables,
        Drop = spec,
    };

    public static DropSpec Delimited(DelimitedLayout layout, ProofKind proof = ProofKind.Marker) =>
        new() { Format = DropFormat.Delimited, Delimited = layout, Proof = new DropProof(proof) };

    public static DropSpec Fixed(FixedLayout layout, ProofKind proof = ProofKind.Marker) =>
        new() { Format = DropFormat.Fixed, Fixed = layout, Proof = new DropProof(proof) };

    public static ReadDrop Read(Contract contract, string text) => Read(contract, Encoding.UTF8.GetBytes(text));

    public static ReadDrop Read(Contract contract, byte[] stored) => Drain(contract, new DropReaders().Open(contract, Ref, new MemoryStream(stored)));

    /// <summary>Reads through the smallest buffer, a few bytes at a time.</summary>
    public static ReadDrop ReadInPieces(Contract contract, byte[] stored, int piece)
    {
        var content = new DropContent(contract, Ref, new PieceStream(stored, piece));
        return Drain(contract, contract.Drop!.Format == DropFormat.Delimited ? new DelimitedReader(contract, Ref, content, 16) : new FixedReader(contract, Ref, content, 16));
    }

    /// <summary>An archive of files named by their number.</summary>
    public static byte[] Zip(params string[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var index = 0; index < files.Length; index++)
            {
                using var entry = zip.CreateEntry($"{index}.txt").Open();
                entry.Write(Encoding.UTF8.GetBytes(files[index]));
            }
        }

        return stream.ToArray();
    }

    public static string RefusalOf(Action read) => read.Should().Throw<DropRefusedException>().Which.Code;

    private static ReadDrop Drain(Contract contract, DropReader reader)
    {
        using (reader)
        {
            List<ReadRow> rows = [];
            while (reader.Read())
            {
                rows.Add(ReadRow.Of(contract.Tables[reader.TableIndex].Name, reader));
            }

            return new ReadDrop(rows, reader.Skipped, reader.Declared);
        }
    }
}

internal sealed record ReadDrop(IReadOnlyList<ReadRow> Rows, IReadOnlyDictionary<string, long> Skipped, IReadOnlyList<TableTotals> Declared)
{
    /// <summary>Each row's values; a refused row's code.</summary>
    public IEnumerable<string> Lines => Rows.Select(row => row.Line);
}

internal sealed record ReadRow(string Table, long Unit, long Number, string?[] Values, string? Refusal, string?[] Refusals, bool IsPlainAscii)
{
    /// <summary><c>a|NULL|!b</c>: a refused value has an exclamation mark; a refused row is its code in angle brackets.</summary>
    public string Line => Refusal is not null ? $"<{Refusal}>" : string.Join('|', Values.Select((value, index) => (Refusals[index] is null ? "" : "!") + (value ?? "NULL")));

    public static ReadRow Of(string table, DropReader reader)
    {
        var row = reader.Row;
        var indices = Enumerable.Range(0, row.Count).ToList();
        return new(
            table,
            reader.UnitNumber,
            row.Number,
            [.. indices.Select(index => row.IsNull(index) ? null : Encoding.UTF8.GetString(row.Field(index)))],
            row.RowRefusal?.Code,
            [.. indices.Select(index => row.Refusal(index)?.Code)],
            row.IsPlainAscii);
    }
}

internal sealed class PieceStream(byte[] bytes, int piece) : MemoryStream(bytes)
{
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));
}
