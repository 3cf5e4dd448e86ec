using System.Buffers;

namespace RetailLake.Core.Rows.Landing;

/// <summary>
/// The dialect of <c>mysqldump --tab</c>: fields end with a tab, rows with a line feed, a field of <c>\N</c> alone is NULL,
/// a backslash escapes itself, tab, line feed, carriage return and NUL.
/// </summary>
internal static class TabText
{
    public const byte Tab = (byte)'\t';
    public const byte NewLine = (byte)'\n';
    public const byte Backslash = (byte)'\\';

    /// <summary>What cannot stand in a field as it is.</summary>
    public static readonly SearchValues<byte> Special = SearchValues.Create("\\\t\n\0"u8);

    /// <returns>Bytes written; the destination holds twice the source's length.</returns>
    public static int Escape(ReadOnlySpan<byte> field, Span<byte> destination)
    {
        var written = 0;
        foreach (var value in field)
        {
            var escaped = value switch { Backslash => Backslash, Tab => (byte)'t', NewLine => (byte)'n', 0 => (byte)'0', _ => default };
            if (escaped != 0)
            {
                destination[written++] = Backslash;
                destination[written++] = escaped;
            }
            else
            {
                destination[written++] = value;
            }
        }

        return written;
    }

    /// <summary>As LOAD DATA reads it: also <c>\b</c>, <c>\r</c>, <c>\Z</c>; a backslash before anything else stands for that byte.</summary>
    /// <returns>Bytes written, at most the field's length.</returns>
    public static int Unescape(ReadOnlySpan<byte> field, Span<byte> destination)
    {
        var written = 0;
        for (var index = 0; index < field.Length; index++)
        {
            var value = field[index];
            if (value == Backslash && index + 1 < field.Length)
            {
                var escaped = field[++index];
                value = escaped switch
                {
                    (byte)'0' => 0,
                    (byte)'b' => (byte)'\b',
                    (byte)'n' => NewLine,
                    (byte)'r' => (byte)'\r',
                    (byte)'t' => Tab,
                    (byte)'Z' => 26,
                    _ => escaped,
                };
            }

            destination[written++] = value;
        }

        return written;
    }
}
