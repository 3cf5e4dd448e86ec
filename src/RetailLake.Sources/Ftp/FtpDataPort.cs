using System.Globalization;

namespace RetailLake.Sources.Ftp;

/// <summary>Where the server listens for a data connection. Only the port is believed: an address would let it send us to other machines.</summary>
internal static class FtpDataPort
{
    /// <summary>RFC 2428: <c>229 … (|||6446|)</c>, the delimiter being any printable character.</summary>
    public static int? OfExtended(FtpReply reply)
    {
        var text = reply.Text;
        var open = text.LastIndexOf('(');
        var close = text.LastIndexOf(')');
        if (open < 0 || close < open + 6)
        {
            return null;
        }

        var inner = text[(open + 1)..close];
        return inner.All(character => character is > ' ' and <= '~') && inner[1] == inner[0] && inner[2] == inner[0] && inner[^1] == inner[0] ? Port(inner[3..^1]) : null;
    }

    /// <summary>RFC 959: <c>227 … h1,h2,h3,h4,p1,p2</c>, with or without brackets.</summary>
    public static int? OfPassive(FtpReply reply)
    {
        var numbers = reply.Text.Split([' ', '(', ')', '.'], StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split(',')).LastOrDefault(word => word.Length == 6);
        return numbers is not null && numbers.All(number => Byte(number) is not null) ? Port(((Byte(numbers[4])!.Value * 256) + Byte(numbers[5])!.Value).ToString(CultureInfo.InvariantCulture)) : null;
    }

    private static int? Byte(string text) => byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static int? Port(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue ? port : null;
}
