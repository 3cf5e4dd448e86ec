using System.Globalization;
using ParquetSharp;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Runs;

namespace RetailLake.Core.Warehouse;

/// <summary>
/// The drops of a run as the load stages them: rows of Parquet and not literals, for there may be ten thousand and their names are the sender's.
/// Equal outcomes give equal bytes.
/// </summary>
public static class DropStage
{
    /// <summary>The stage's table, and the name of its COPY manifest; the dot keeps it apart from every table's.</summary>
    public const string Table = "load_drops";
    public const string CopyName = "ops.drops";

    /// <summary>Longest name or message that is kept, in bytes of UTF-8.</summary>
    private const int NameBytes = 1024;
    private const int MessageBytes = 2048;

    /// <summary>Of a number or a date.</summary>
    private const int ValueBytes = 32;

    /// <summary>The outcome of a staged row that is no drop, but one more thing that a loaded drop is the whole truth about.</summary>
    public const string Scope = "scope";

    /// <summary>In the order of the file, before <see cref="ScopeColumns"/>; the drop ledger has the same ones.</summary>
    public static IReadOnlyList<ContractColumn> Columns { get; } =
    [
        Text("drop_id", 64), Text("name", NameBytes), Text("sha256", 64), Whole("bytes"), Whole("file"), Whole("drop_number"), Whole("version"),
        Of("modified_at", new(ColumnKind.Timestamp, "timestamp") { Scale = 6 }), Whole("declared_rows"), Text("outcome", 16),
        Text("refusal_code", 32), Text("refusal_message", MessageBytes), Text("duplicate_of", 64), Whole("landed_rows"), Whole("skipped_records"), Whole("release_number"),
    ];

    /// <summary>What headers and names say, as text; a column for each that the contract replaces by, where they can say it.</summary>
    public static IReadOnlyList<ContractColumn> ScopeColumns(Contract contract)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return DocumentScopes.AreTold(contract) ? [.. contract.Drop!.ReplacesColumns.Select((name, index) => Text(ScopeColumn(index), contract.Parent.Column(name).Type.MaxBytes is > 0 and var bytes ? bytes : ValueBytes))] : [];
    }

    public static string ScopeColumn(int index) => string.Create(CultureInfo.InvariantCulture, $"scope_{index + 1}");

    /// <summary>Writes the object once; an attempt that comes second takes what is there.</summary>
    public static async Task<AuditedDrops> WriteAsync(ILake lake, Run run, IReadOnlyList<DropOutcome> drops, IReadOnlyList<string> left, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lake);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(drops);
        var bytes = ToBytes(drops, ScopeColumns(run.Contract));
        if (!await lake.PutIfAbsentAsync(run.Keys.Drops, bytes, cancellationToken))
        {
            // Perhaps of another release, whose library writes other bytes for the same rows.
            await using var there = await lake.OpenReadAsync(run.Keys.Drops, cancellationToken) ?? throw new ObjectDamagedException(
                $"Found no object '{run.Keys.Drops}' although it was written before.", "Nothing was published.", "Redrive the execution.");
            using var copy = new MemoryStream();
            await there.CopyToAsync(copy, cancellationToken);
            bytes = copy.ToArray();
        }

        var written = ContentSum.Of(bytes).At(run.Keys.Drops);
        var loaded = drops.Where(drop => drop.Outcome == DropOutcome.Loaded).ToList();
        return new(written, drops.Count + loaded.Sum(drop => drop.Scopes.Count), loaded.Count == 0 ? null : loaded.Min(drop => drop.Drop.Version), left);
    }

    internal static byte[] ToBytes(IReadOnlyList<DropOutcome> drops, IReadOnlyList<ContractColumn> scopeColumns)
    {
        List<(DropOutcome Drop, IReadOnlyList<string>? Scope)> rows =
        [
            .. drops.Select(drop => (drop, (IReadOnlyList<string>?)null)),
            .. drops.Where(drop => drop.Outcome == DropOutcome.Loaded).SelectMany(drop => drop.Scopes.Select(scope => (drop with { Outcome = Scope }, (IReadOnlyList<string>?)scope))),
        ];
        using var stream = new MemoryStream();
        using (var file = new ParquetFileWriter(stream, Parquet(scopeColumns), logicalTypeFactory: null, Compression.Snappy, keyValueMetadata: null, leaveOpen: true))
        {
            using (var group = file.AppendRowGroup())
            {
                Write(drop => drop.Drop.Id);
                Write(drop => Kept(drop.Drop.Name, NameBytes));
                Write(drop => drop.Drop.Object.Sha256);
                Write<long?>(drop => drop.Drop.Object.Bytes);
                Write<long?>(drop => drop.Drop.FileNumber);
                Write<long?>(drop => drop.Drop.Number);
                Write<long?>(drop => drop.Drop.Version);
                Write<DateTime?>(drop => drop.Drop.Modified.UtcDateTime);
                Write(drop => drop.Drop.DeclaredRows);
                Write(drop => drop.Outcome);
                Write(drop => drop.Refusal?.Code);
                Write(drop => drop.Refusal is { } refusal ? Kept(refusal.Message, MessageBytes) : null);
                Write(drop => drop.DuplicateOf);
                Write<long?>(drop => drop.LandedRows);
                Write<long?>(drop => drop.Skipped);
                Write<long?>(drop => drop.Drop.Release);
                for (var index = 0; index < scopeColumns.Count; index++)
                {
                    WriteAll(rows.Select(row => row.Scope?[index]));
                }

                void Write<T>(Func<DropOutcome, T> value) => WriteAll(rows.Select(row => value(row.Drop)));

                void WriteAll<T>(IEnumerable<T> values)
                {
                    using var column = group.NextColumn().LogicalWriter<T>();
                    column.WriteBatch([.. values]);
                }
            }

            file.Close();
        }

        return stream.ToArray();
    }

    private static Column[] Parquet(IEnumerable<ContractColumn> scopeColumns) => [.. Columns.Concat(scopeColumns).Select(column => column.Type.Kind switch
    {
        ColumnKind.Int64 => (Column)new Column<long?>(column.Name),
        ColumnKind.Timestamp => new Column<DateTime?>(column.Name, LogicalType.Timestamp(false, TimeUnit.Micros, forceSetConvertedType: true)),
        _ => new Column<string>(column.Name),
    })];

    /// <summary>A warehouse text: no NUL, at most so many bytes, cut between characters.</summary>
    private static string Kept(string text, int maximum)
    {
        var (end, bytes) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if ((bytes += rune.Utf8SequenceLength) > maximum)
            {
                break;
            }

            end += rune.Utf16SequenceLength;
        }

        return text[..end].Replace('\0', '\uFFFD');
    }

    private static ContractColumn Text(string name, int bytes) => Of(name, new(ColumnKind.Text, "varchar") { MaxBytes = bytes });

    private static ContractColumn Whole(string name) => Of(name, new(ColumnKind.Int64, "bigint"));

    private static ContractColumn Of(string name, ColumnType type) => new() { Name = name, SourceName = name, Type = type };
}
