using System.Text;

namespace RetailLake.Sources.Xml.Encodings;

/// <summary>Another encoding as UTF-8. Bytes that are nothing in it refuse the document; so does half a character at the end, as torn.</summary>
internal sealed class XmlTranscoder(Stream source, Encoding encoding, XmlPosition position) : Stream
{
    private readonly byte[] bytes = new byte[16 * 1024];
    private readonly char[] characters = new char[encoding.GetMaxCharCount(16 * 1024)];
    private readonly byte[] utf8 = new byte[Encoding.UTF8.GetMaxByteCount(encoding.GetMaxCharCount(16 * 1024))];
    private readonly Decoder decoder = encoding.GetDecoder();
    private int given;
    private int length;
    private bool isOver;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (given == length && !isOver)
        {
            Transcode();
        }

        var count = Math.Min(buffer.Length, length - given);
        utf8.AsSpan(given, count).CopyTo(buffer);
        given += count;
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Transcode()
    {
        var read = source.Read(bytes, 0, bytes.Length);
        isOver = read == 0;
        int decoded;
        try
        {
            decoded = decoder.GetChars(bytes.AsSpan(0, read), characters, flush: isOver);
        }
        catch (DecoderFallbackException)
        {
            throw isOver ? position.Torn() : position.Damaged($"bytes that are not {encoding.WebName}, which the document says it is,");
        }

        var text = characters.AsSpan(0, decoded);

        // No sender writes the controls U+0080 to U+009F: in ISO-8859-1 they are Windows-1252 under a wrong name, in Windows-1252 they are undefined.
        if (encoding.IsSingleByte && text.IndexOfAnyInRange('\u0080', '\u009F') >= 0)
        {
            throw position.Damaged($"bytes that are not {encoding.WebName}, which the document says it is,");
        }

        (given, length) = (0, Encoding.UTF8.GetBytes(text, utf8));
    }
}
