using System.Globalization;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Runs;

namespace RetailLake.Tests.Rows.Drops;

/// <summary>
/// A format for tests, a row a line: <c>table|field|field</c>. <c>-</c> begins a unit; a field <c>~</c> is NULL and <c>!text</c> is refused;
/// <c>?table|text</c> is a record without fields; <c>=table|rows|column:sum</c> states totals; <c>x code</c> refuses the drop. Fields that are those of the
/// unit's row before are said to repeat.
/// </summary>
internal sealed class LineReader(Contract contract, DropRef drop, Stream stored) : DropReader
{
    public static readonly RejectReason Format = new("format", "the declared form");
    public static readonly RejectReason Columns = new(RejectCodeOfColumns, "another number of fields");

    private const string RejectCodeOfColumns = "columns";

    private readonly StreamReader lines = new(stored, Encoding.UTF8, false, 256, leaveOpen: true);
    private readonly LandedRow[] rows = [.. contract.Tables.Select(table => new LandedRow(table.Columns.Count))];
    private readonly long[] numbers = new long[contract.Tables.Count];
    private readonly (long Unit, string[] Fields)[] last = [.. contract.Tables.Select(_ => (-1L, Array.Empty<string>()))];
    private readonly List<TableTotals> declared = [];

    public override IReadOnlyList<TableTotals> Declared => declared;

    public override IReadOnlyDictionary<string, long> Skipped { get; } = new Dictionary<string, long> { ["note"] = 1 };

    public override bool Read()
    {
        while (lines.ReadLine() is { } line)
        {
            switch (line)
            {
                case ['-', ..]:
                    UnitNumber++;
                    break;
                case ['=', .. var totals]:
                    Declare(totals.Split('|'));
                    break;
                case ['x', ' ', .. var code]:
                    throw new DropRefusedException(code, $"Found the end of drop '{drop.Id[..8]}' too early.", "It stays in landing.", "Send it again.");
                case ['?', .. var rest]:
                    Begin(rest.Split('|')[0], Encoding.UTF8.GetBytes(rest));
                    Row.Refuse(Columns);
                    return true;
                default:
                    Fields(line.Split('|'));
                    return true;
            }
        }

        return false;
    }

    public override void Dispose()
    {
        foreach (var row in rows)
        {
            row.Dispose();
        }
    }

    private void Begin(string table, byte[] bytes, string[]? fields = null)
    {
        TableIndex = contract.Tables.ToList().FindIndex(candidate => candidate.Name == table);
        if (contract.Tables.Count == 1 && contract.Drop!.Format != DropFormat.Xml)
        {
            UnitNumber++;
        }

        Row = rows[TableIndex];
        var repeats = fields is null ? 0 : Repeats(fields);
        last[TableIndex] = (UnitNumber, fields ?? []);
        numbers[TableIndex]++;
        if (repeats == 0)
        {
            Row.Begin(bytes, numbers[TableIndex]);
        }
        else
        {
            Row.Detach();
            Row.BeginLike(bytes, numbers[TableIndex], repeats);
        }
    }

    private ulong Repeats(string[] fields) => last[TableIndex].Unit != UnitNumber || Row.IsRefused || last[TableIndex].Fields.Length != fields.Length ? 0
        : ColumnBits.Of(last[TableIndex].Fields.Zip(fields).Skip(1).Index().Where(pair => pair.Item.First == pair.Item.Second && pair.Item.First[..1] != "!").Select(pair => pair.Index));

    private void Fields(string[] fields)
    {
        var text = string.Concat(fields.Skip(1).Select(field => field.TrimStart('!')));
        Begin(fields[0], Encoding.UTF8.GetBytes(text), fields);
        var start = 0;
        foreach (var (index, field) in fields.Skip(1).Index())
        {
            var length = Encoding.UTF8.GetByteCount(field.TrimStart('!'));
            if (field != "~" && !ColumnBits.Has(Row.Repeats, index))
            {
                Row.Set(index, start, length);
            }

            if (field.StartsWith('!'))
            {
                Row.Refuse(index, Format);
            }

            start += length;
        }
    }

    private void Declare(string[] parts) => declared.Add(new(
        parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture),
        parts.Skip(2).Select(sum => sum.Split(':')).ToDictionary(sum => sum[0], sum => decimal.Parse(sum[1], CultureInfo.InvariantCulture))));
}

internal sealed class LineReaders : IDropReaders
{
    public DropReader Open(Contract contract, DropRef drop, Stream stored) => new LineReader(contract, drop, stored);
}
