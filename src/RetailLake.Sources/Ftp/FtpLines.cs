using System.Text;

namespace RetailLake.Sources.Ftp;

/// <summary>Lines of a listing, as bytes; what ends in the middle of a line is a listing that was cut.</summary>
internal sealed class FtpLines(Stream data, string place)
{
    private const int MaxLineBytes = 8 * 1024;

    private readonly byte[] buffer = new byte[MaxLineBytes];
    private int start;
    private int end;

    /// <returns>Null after the last line.</returns>
    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (buffer.AsSpan(start, end - start).IndexOf((byte)'\n') is var length and >= 0)
            {
                var line = Encoding.Latin1.GetString(buffer, start, length);
                start += length + 1;
                return line.EndsWith('\r') ? line[..^1] : line;
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end == buffer.Length)
            {
                throw FtpErrors.Garbled(place, $"a line of more than {MaxLineBytes:N0} bytes in a listing");
            }

            var read = await data.ReadAsync(buffer.AsMemory(end), cancellationToken);
            end += read;
            if (read == 0)
            {
                return end == 0 ? null : throw FtpErrors.Garbled(place, "a listing that ends in the middle of a line");
            }
        }
    }
}
