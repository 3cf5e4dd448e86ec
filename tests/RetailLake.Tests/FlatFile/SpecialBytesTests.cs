using System.Text;
using RetailLake.Sources.FlatFile;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.FlatFile;

public sealed class SpecialBytesTests(ITestOutputHelper output)
{
    private const int Stretch = 64 * TextBlock.Length;

    [Fact]
    public void RandomText_IsListedAsALoopFindsIt()
    {
        var random = Soak.Random(output);
        for (var round = 0; round < Soak.Count(20_000, 1_000); round++)
        {
            var alphabet = Encoding.Latin1.GetBytes(random.Next(4) switch { 0 => ",", 1 => "abcdefghijklm,\n", 2 => "ab,\r\n\"", _ => "abcdefghijklmnopqrstuvwxyz,\n\"\0\u00E9" });
            var text = new byte[random.Next(2) == 0 ? 6_000 : random.Next(1, 300) + TextBlock.Length];
            random.GetItems(alphabet, text);
            var filled = text.Length - TextBlock.Length;
            var from = random.Next(0, filled + 1);
            byte? quote = random.Next(3) == 0 ? null : (byte)'"';
            var list = new SpecialBytes((byte)',', quote);

            list.Find(text, from, filled, fieldEnds: false);

            var end = Math.Min(filled, from + Stretch);
            List<int> expected = [from - 1, .. Enumerable.Range(from, end - from).Where(at => text[at] is (byte)',' or (byte)'\r' or (byte)'\n' || text[at] == quote)];
            list.End.Should().Be(end);
            list.Positions[..list.Count].ToArray().Should().Equal(expected, $"round {round}");
            list.LineEnds[..list.Lines].ToArray().Should().Equal(Enumerable.Range(1, expected.Count - 1).Where(index => text[expected[index]] is (byte)'\r' or (byte)'\n'));
            AssertBlocks(list, random, text.AsSpan(0, end), from, quote);
        }
    }

    [Fact]
    public void FieldEnds_AreThoseOutsideOfQuotes_UpToTheFirstOddOne()
    {
        var random = Soak.Random(output);
        for (var round = 0; round < Soak.Count(20_000, 1_000); round++)
        {
            string[] fields = random.Next(3) == 0 ? ["a", "\"a\"", "", "\"\"", "\"a,\n\"\"b\""] : random.Next(2) == 0 ? ["abc", ""] : ["a", "\"", "\"a\"", "\"b\"c", "d\"e"];
            var text = string.Concat(Enumerable.Range(0, random.Next(600)).Select(_ => fields[random.Next(fields.Length)] + (random.Next(4) == 0 ? "\r\n" : ",")));
            var from = random.Next(3) == 0 ? random.Next(100) : 0;
            byte[] bytes = [.. new byte[from], .. Encoding.UTF8.GetBytes(text), .. "\",\n"u8, .. new byte[TextBlock.Length]];
            var filled = from + text.Length;
            var (expected, odd) = FieldEnds(bytes.AsSpan(0, Math.Min(filled, from + Stretch)), from);
            var list = new SpecialBytes((byte)',', (byte)'"');

            list.Find(bytes, from, filled, fieldEnds: true);

            // Blocks are coarser than bytes: what stands in the odd one's block, and behind it, is not asked for.
            var told = odd < 0 ? list.End : from + ((odd - from) / TextBlock.Length * TextBlock.Length);
            list.Positions[1..list.Count].ToArray().Where(at => at < told).Should().Equal(expected.Where(at => at < told), $"round {round}: {text}");
            list.LineEnds[..list.Lines].ToArray().Select(index => list.Positions[index]).Where(at => at < told).Should().Equal(expected.Where(at => at < told && bytes[at] != ','));
            (told > from && !list.AreWellQuoted(from, told)).Should().BeFalse();
            (odd >= 0 && list.AreWellQuoted(from, odd + 1)).Should().BeFalse($"round {round}: {text}");
            (told > from && bytes.AsSpan(from, told - from).IndexOf("a,\n\"\"b"u8) >= 0 && !list.MayBeDoubled(from, told)).Should().BeFalse();
            list.AreAll.Should().Be(!bytes.AsSpan(from, list.End - from).Contains((byte)'"'));
        }
    }

    [Fact]
    public void TextBehindTheEnd_IsNotListed()
    {
        byte[] text = [.. ",\n\""u8, .. Enumerable.Repeat((byte)',', 125)];
        var list = new SpecialBytes((byte)',', (byte)'"');

        list.Find(text, 0, 3, fieldEnds: false);

        list.Positions[..list.Count].ToArray().Should().Equal(-1, 0, 1, 2);
        list.LineEnds[..list.Lines].ToArray().Should().Equal(2);
    }

    [Fact]
    public void PositionsAndLines_AreFoundAgain()
    {
        var list = new SpecialBytes((byte)',', (byte)'"');
        list.Find([.. "a,b\nc,d\n"u8, .. new byte[TextBlock.Length]], 2, 8, fieldEnds: false);

        list.IndexOf(1).Should().Be(0);
        list.IndexOf(5).Should().Be(2);
        list.IndexOf(6).Should().BeNegative();
        list.LineBehind(0).Should().Be(0);
        list.LineBehind(1).Should().Be(1);
        list.LineBehind(3).Should().Be(2);
        list.Clear();
        list.IndexOf(5).Should().BeNegative();
    }

    /// <returns>What ends fields of the text behind a position, and the first byte that is an odd quote or stands where a quote was to be doubled; -1 when none is.</returns>
    private static (List<int> Ends, int Odd) FieldEnds(ReadOnlySpan<byte> text, int from)
    {
        List<int> ends = [];
        var (inQuotes, start) = (false, from);
        for (var at = from; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                if (!inQuotes && at != start)
                {
                    return (ends, at);
                }

                if (inQuotes && at + 1 < text.Length && text[at + 1] == '"')
                {
                    at++;
                    continue;
                }

                if (inQuotes && at + 1 < text.Length && text[at + 1] is not ((byte)',' or (byte)'\r' or (byte)'\n'))
                {
                    return (ends, at + 1);
                }

                inQuotes = !inQuotes;
            }
            else if (!inQuotes && text[at] is (byte)',' or (byte)'\r' or (byte)'\n')
            {
                ends.Add(at);
                start = at + 1;
            }
        }

        return (ends, -1);
    }

    /// <summary>Blocks are coarser than texts: they may hide that a text is plain, and never that it is not.</summary>
    private static void AssertBlocks(SpecialBytes list, Random random, ReadOnlySpan<byte> text, int from, byte? quote)
    {
        for (var pair = 0; pair < 20 && from < text.Length; pair++)
        {
            var begin = random.Next(from, text.Length);
            var end = random.Next(begin, text.Length) + 1;
            var part = text[begin..end];
            var isForeign = part.ContainsAnyExceptInRange((byte)1, (byte)127);
            (list.ArePlain(begin, end) && isForeign).Should().BeFalse();
            (list.AreUnquoted(begin, end) && quote is { } mark && part.Contains(mark)).Should().BeFalse();
            if (end + TextBlock.Length < text.Length && text[from..].IndexOfAnyExceptInRange((byte)1, (byte)127) < 0)
            {
                list.ArePlain(begin, end).Should().BeTrue();
            }
        }

        list.ArePlain(from - 1, from).Should().BeFalse();
    }
}
