using System.Buffers;

namespace RetailLake.Core.Lake;

/// <summary>The grammar of keys: relative, '/'-separated segments of <c>[A-Za-z0-9._=-]</c>, at most 1,024 bytes.</summary>
public static class LakeKey
{
    /// <summary>S3's limit; ASCII only, so characters are bytes.</summary>
    public const int MaxBytes = 1024;

    /// <summary>Longest file name of the usual file systems.</summary>
    private const int MaxSegmentBytes = 255;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._=-");

    public static bool IsValid(ReadOnlySpan<char> key) => key.Length is > 0 and <= MaxBytes && AllSegments(key, lastMayBeEmpty: false);

    /// <summary>A prefix may be empty, end with '/', or end within a segment.</summary>
    public static bool IsValidPrefix(ReadOnlySpan<char> prefix) =>
        prefix.IsEmpty || (prefix.Length <= MaxBytes && AllSegments(prefix, lastMayBeEmpty: true));

    /// <exception cref="ArgumentException">It is no key.</exception>
    public static void Check(string key)
    {
        if (!IsValid(key))
        {
            throw Refused(key, "key");
        }
    }

    /// <exception cref="ArgumentException">It is no prefix.</exception>
    public static void CheckPrefix(string prefix)
    {
        if (!IsValidPrefix(prefix))
        {
            throw Refused(prefix, "prefix");
        }
    }

    private static bool AllSegments(ReadOnlySpan<char> key, bool lastMayBeEmpty)
    {
        while (true)
        {
            var slash = key.IndexOf('/');
            var segment = slash < 0 ? key : key[..slash];
            if (segment.IsEmpty)
            {
                return slash < 0 && lastMayBeEmpty;
            }

            if (segment.Length > MaxSegmentBytes || segment is "." or ".." || segment.ContainsAnyExcept(Allowed))
            {
                return false;
            }

            if (slash < 0)
            {
                return true;
            }

            key = key[(slash + 1)..];
        }
    }

    private static ArgumentException Refused(string text, string what) => new(
        $"Found the {what} '{Printable(text)}'; a lake {what} is relative, of segments of letters, digits and '._=-', without '..', at most {MaxBytes} bytes. Nothing was touched. Take the {what} from RunKeys.",
        nameof(text));

    private static string Printable(string text) =>
        string.Concat(text.Take(80).Select(character => character is >= ' ' and <= '~' ? character : '?'));
}
