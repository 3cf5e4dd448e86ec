using System.Buffers.Text;
using System.Globalization;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Drops;
using RetailLake.Core.Streams;

namespace RetailLake.Sources.Streams;

/// <summary>Columns of a table that are filled from the record around the value: <c>$key</c>, <c>$topic</c>, <c>$partition</c>, <c>$offset</c>, <c>$timestamp</c>, <c>$index</c>.</summary>
internal sealed class RecordFields
{
    private readonly (int Column, FieldScope Scope, bool IsInstant)[] fields;
    private readonly byte[] topic;
    private readonly byte[] partition;

    public RecordFields(ContractTable table, TopicPartition of)
    {
        fields = [.. table.Columns.Index().Where(pair => pair.Item.From is { Scope: not FieldScope.Record }).Select(pair => (pair.Index, pair.Item.From!.Scope, pair.Item.Type.Kind == ColumnKind.Timestamp))];
        topic = Encoding.ASCII.GetBytes(of.Topic);
        partition = Encoding.ASCII.GetBytes(of.Partition.ToString(CultureInfo.InvariantCulture));
    }

    public void Write(LandedRow row, int number, in RecordHead record)
    {
        foreach (var (column, scope, isInstant) in fields)
        {
            switch (scope)
            {
                case FieldScope.IndexInUnit:
                    WriteNumber(row, column, number);
                    break;
                case FieldScope.Offset:
                    WriteNumber(row, column, record.Offset);
                    break;
                case FieldScope.RecordKey when record.KeyStart >= 0:
                    row.Set(column, record.KeyStart, record.KeyLength);
                    break;
                case FieldScope.Topic:
                    Copy(row, column, topic);
                    break;
                case FieldScope.Partition:
                    Copy(row, column, partition);
                    break;
                case FieldScope.Timestamp when record.Timestamp >= 0:
                    WriteTimestamp(row, column, record.Timestamp, isInstant);
                    break;
            }
        }
    }

    private static void WriteTimestamp(LandedRow row, int column, long milliseconds, bool isInstant)
    {
        if (!isInstant)
        {
            WriteNumber(row, column, milliseconds);
        }
        else if (EpochText.TryWriteTimestamp(milliseconds, EpochText.PerMillisecond, row.BeginScratch(EpochText.Room), out var length))
        {
            row.EndScratch(column, length);
        }
    }

    private static void WriteNumber(LandedRow row, int column, long number)
    {
        Utf8Formatter.TryFormat(number, row.BeginScratch(20), out var length);
        row.EndScratch(column, length);
    }

    private static void Copy(LandedRow row, int column, byte[] bytes)
    {
        bytes.CopyTo(row.BeginScratch(bytes.Length));
        row.EndScratch(column, bytes.Length);
    }
}
