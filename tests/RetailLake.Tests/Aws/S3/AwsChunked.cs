using System.Globalization;
using System.Text;

namespace RetailLake.Tests.Aws.S3;

/// <summary>The framing <c>aws-chunked</c>: chunks with their signatures, then trailers with theirs.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html</remarks>
internal static class AwsChunked
{
    /// <returns>The body without its framing and the trailers; or what is wrong.</returns>
    public static (byte[] Body, Dictionary<string, string> Trailers, string? Problem) Decode(byte[] framed, S3Signature? signature)
    {
        using var body = new MemoryStream();
        Dictionary<string, string> trailers = [];
        for (var at = 0; ;)
        {
            var header = Line(framed, ref at).Split(';');
            var length = int.Parse(header[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var data = framed.AsSpan(at, length);
            if (signature is not null && !signature.IsNextChunk(data, header[1]["chunk-signature=".Length..]))
            {
                return ([], trailers, "a chunk's signature is wrong");
            }

            body.Write(data);
            at += length;
            if (length == 0)
            {
                return (body.ToArray(), trailers, Trailers(framed, at, trailers, signature));
            }

            at += 2;
        }
    }

    private static string? Trailers(byte[] framed, int at, Dictionary<string, string> trailers, S3Signature? signature)
    {
        var canonical = new StringBuilder();
        while (at < framed.Length && Line(framed, ref at) is { Length: > 0 } line)
        {
            var (name, value) = line.Split(':', 2) is [var left, var right] ? (left.Trim().ToLowerInvariant(), right.Trim()) : (line, "");
            if (name == "x-amz-trailer-signature")
            {
                return signature is null || signature.IsTrailer(canonical.ToString(), value) ? null : "the trailers' signature is wrong";
            }

            trailers.Add(name, value);
            canonical.Append(name).Append(':').Append(value).Append('\n');
        }

        return signature is null ? null : "the trailers are not signed";
    }

    private static string Line(byte[] framed, ref int at)
    {
        var end = Array.IndexOf(framed, (byte)'\n', at);
        var line = Encoding.ASCII.GetString(framed, at, end - at).TrimEnd('\r');
        at = end + 1;
        return line;
    }
}
