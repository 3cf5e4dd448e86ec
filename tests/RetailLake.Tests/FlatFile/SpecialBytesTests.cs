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

            list.Find(text, from, filled);

            var end = Math.Min(filled, from + Stretch);
            List<int> expected = [from - 1, .. Enumerable.Range(from, end - from).Where(at => text[at] is (byte)',' or (byte)'\r' or (byte)'\n' || text[at] == quote)];
            list.End.Should().Be(end);
            list.Positions[..list.Count].ToArray().Should().Equal(expected, $"round {round}");
            list.LineEnds[..list.Lines].ToArray().Should().Equal(Enumerable.Range(1, expected.Count - 1).Where(index => text[expected[index]] is (byte)'\r' or (byte)'\n'));
            AssertBlocks(list, random, text.AsSpan(0, end), from, quote);
        }
    }

    [Fact]
    public void TextBehindTheEnd_IsNotListed()
    {
        byte[] text = [.. ",\n\""u8, .. Enumerable.Repeat((byte)',', 125)];
        var list = new SpecialBytes((byte)',', (byte)'"');

        list.Find(text, 0, 3);

        list.Positions[..list.Count].ToArray().Should().Equal(-1, 0, 1, 2);
        list.LineEnds[..list.Lines].ToArray().Should().Equal(2);
    }

    [Fact]
    public void PositionsAndLines_AreFoundAgain()
    {
        var list = new SpecialBytes((byte)',', (byte)'"');
        list.Find([.. "a,b\nc,d\n"u8, .. new byte[TextBlock.Length]], 2, 8);

        list.IndexOf(1).Should().Be(0);
        list.IndexOf(5).Should().Be(2);
        list.IndexOf(6).Should().BeNegative();
        list.LineBehind(0).Should().Be(0);
        list.LineBehind(1).Should().Be(1);
        list.LineBehind(3).Should().Be(2);
        list.Clear();
        list.IndexOf(5).Should().BeNegative();
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
