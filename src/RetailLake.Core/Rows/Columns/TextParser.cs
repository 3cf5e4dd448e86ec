using System.Text.Unicode;

namespace RetailLake.Core.Rows.Columns;

/// <summary>Strict UTF-8 up to a number of bytes. NUL is refused: neither warehouse takes it in VARCHAR.</summary>
internal sealed class TextParser(int maxBytes) : ValueParser
{
    private static readonly RejectReason NotUtf8 = new(RejectCode.Utf8, "UTF-8 text");
    private static readonly RejectReason HasNul = new(RejectCode.Nul, "text without NUL characters");

    private readonly RejectReason tooLong = new(RejectCode.TooLongBytes, $"at most {maxBytes} bytes");

    /// <summary>For text that is known to be ASCII without NUL.</summary>
    public RejectReason? ParseAscii(ReadOnlySpan<byte> text) => text.Length > maxBytes ? tooLong : null;

    public override RejectReason? Parse(ReadOnlySpan<byte> text, ref Cell cell) =>
        text.Length > maxBytes ? tooLong : text.Contains((byte)0) ? HasNul : Utf8.IsValid(text) ? null : NotUtf8;
}
