using System.Text;

namespace RetailLake.Tests.Ftp;

/// <summary>Names that a sender's server might list, one character per byte.</summary>
internal static class HostileNames
{
    private static readonly string[] Known =
    [
        "", ".", "..", "../../etc/passwd", "/etc/passwd", "\\\\server\\share", "C:\\x", "a/b", "a\\b", "a\0b", "a\r\nDELE *", "a\nb", "\r", "%2e%2e%2f", "..%2f..", "CON", "nul.txt", "-rf", "--help",
        "*", "?", "[1].csv", "{a,b}", "~", "$(id)", "`id`", "';DROP TABLE x;--", "\" OR 1=1", "<script>", "a\tb", "\u001B[31m", "\u007F", "\u00FF", "caf\u00E9.csv", "\u0080\u0081",
        Utf8("\u202Efdp.exe"), Utf8("गेहूँ"), Utf8("\uFEFFa"), Utf8("a\u0000b"), Utf8("😀.csv"), new('x', 255), new('x', 256), new('x', 5000), " lead", "trail ", ".hidden", "...", "a.drop.json",
    ];

    private static readonly string[] Pieces = [.. Known.Where(name => name.Length is > 0 and < 60)];

    /// <returns>So many, no two alike. Names that read alike are refused for that reason, which has a test of its own.</returns>
    public static IReadOnlyList<string> Some(Random random, int count)
    {
        var names = Known.DistinctBy(Shown).ToDictionary(Shown, name => name, StringComparer.Ordinal);
        while (names.Count < count)
        {
            var name = new StringBuilder();
            for (var pieces = random.Next(1, 5); pieces > 0; pieces--)
            {
                name.Append(random.Next(3) == 0 ? ((char)random.Next(256)).ToString() : Pieces[random.Next(Pieces.Length)]);
            }

            names.TryAdd(Shown(name.ToString()), name.ToString());
        }

        return [.. names.Values];
    }

    private static string Shown(string name) => new Core.Drops.Pulls.RemoteName(name).Text;

    private static string Utf8(string text) => Core.Drops.Pulls.RemoteName.Of(text).Raw;
}
