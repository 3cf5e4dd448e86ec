using System.Buffers.Text;
using System.Text.Json;
using RetailLake.Core.Streams;
using RetailLake.Sources.Streams.Json;

namespace RetailLake.Sources.Streams.Debezium;

/// <summary>
/// Where a change stands in MySQL's binary log, as numbers that order it among the changes of its key. Version is the log file's number and the position in it. At one
/// position a snapshot's read is the oldest, for it holds what was there before; then rows by their number in the log's event, a deletion before a creation.
/// </summary>
internal static class SourcePosition
{
    /// <returns>False when there is no position, or one that MySQL cannot have.</returns>
    public static bool TryRead(byte[] buffer, in JsonValue file, in JsonValue pos, in JsonValue row, bool isRead, bool isUpsert, out long version, out long drop)
    {
        (version, drop) = (0, 0);
        var name = file.Kind == JsonTokenType.String ? file.Of(buffer) : default;
        if (!TryNumber(name[(name.LastIndexOf((byte)'.') + 1)..], int.MaxValue, out var number) || name.IndexOf((byte)'.') < 0 || !TryNumber(pos, buffer, uint.MaxValue, out var position))
        {
            return false;
        }

        long rowNumber = 0;
        if (row.HasValue && !TryNumber(row, buffer, int.MaxValue, out rowNumber))
        {
            return false;
        }

        version = LogPosition.Of(number, position);
        drop = isRead ? 0 : ((rowNumber + 1) << 1) | (isUpsert ? 1L : 0);
        return true;
    }

    /// <summary>Flattened events may have numbers as text.</summary>
    public static bool TryNumber(in JsonValue value, byte[] buffer, long most, out long number)
    {
        number = 0;
        return value.Kind is JsonTokenType.Number or JsonTokenType.String && TryNumber(value.Of(buffer), most, out number);
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, long most, out long number) =>
        Utf8Parser.TryParse(digits, out number, out var consumed) && consumed == digits.Length && number >= 0 && number <= most;
}
