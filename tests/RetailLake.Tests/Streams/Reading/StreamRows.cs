using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Streams;
using RetailLake.Sources.Drops;

namespace RetailLake.Tests.Streams.Reading;

/// <summary>Records, written as a segment and read back as rows.</summary>
internal static class StreamRows
{
    public static List<StreamRow> Read(Contract contract, TopicPartition of, params StreamRecord[] records) => ReadAll(contract, of, records).Rows;

    /// <summary>Records of one partition with offsets from 0, each with the key <c>k</c>.</summary>
    public static List<StreamRow> Read(Contract contract, params string?[] values) =>
        Read(contract, Of(contract), [.. values.Select((value, offset) => Segments.Record(offset, value))]);

    public static (List<StreamRow> Rows, IReadOnlyDictionary<string, long> Skipped) ReadAll(Contract contract, TopicPartition of, params StreamRecord[] records)
    {
        var bytes = Segments.Write(records, of);
        using var reader = new DropReaders().Open(contract, new DropRef("00", of.ToString(), new LakeObject("landing/x.segment", bytes.Length, "00"), 1, DateTimeOffset.UnixEpoch), new MemoryStream(bytes));
        List<StreamRow> rows = [];
        var counts = new long[contract.Tables.Count];
        while (reader.Read())
        {
            reader.Row.Number.Should().Be(++counts[reader.TableIndex], "a verdict belongs to a number");
            rows.Add(Row(contract, reader));
        }

        reader.Read().Should().BeFalse();
        return (rows, reader.Skipped);
    }

    public static TopicPartition Of(Contract contract, int table = 0) => new(contract.Stream!.Topic ?? contract.Tables[table].Record!, 0);

    /// <summary>Reads and judges: the values as they would be loaded, or the reasons.</summary>
    private static StreamRow Row(Contract contract, DropReader reader)
    {
        var (table, row, origin) = (contract.Tables[reader.TableIndex], reader.Row, reader.Origin!.Value);
        var values = table.Columns.Select((column, index) => (column.Name, Text: row.IsNull(index) ? null : Encoding.UTF8.GetString(row.Field(index))))
            .ToDictionary(pair => pair.Name, pair => pair.Text);
        var check = new RowCheck(CompiledTable.For(table));
        check.Check(new DropRow(row, 0, reader.UnitNumber, origin.Change, reader.RecordOffset));
        List<string> reasons = [.. check.Reasons.Select(reason => reason.Column is { } name ? $"{name}: {reason.Reason.Code}" : reason.Reason.Code)];
        if (row.IsPlainAscii)
        {
            values.Values.Should().OnlyContain(value => value == null || (Ascii.IsValid(value) && !value.Contains('\0')));
        }

        return new(table.Name, reader.UnitNumber, origin, values, row.RowRefusal, reasons);
    }
}

/// <param name="Reasons">Of a row that is judged: <c>column: code</c>, or the code alone.</param>
internal sealed record StreamRow(string Table, long Unit, RowOrigin Origin, IReadOnlyDictionary<string, string?> Values, RejectReason? Refusal, IReadOnlyList<string> Reasons)
{
    public string? this[string column] => Values[column];

    public string Text => $"{Table} {string.Join(' ', Values.Where(pair => pair.Value != null).Select(pair => $"{pair.Key}={pair.Value}"))}";
}
