using System.Text.RegularExpressions;

namespace RetailLake.Sources.Ftp;

/// <param name="Lines">Without line ends; the first one with its code, as the server wrote them.</param>
internal sealed partial record FtpReply(int Code, IReadOnlyList<string> Lines)
{
    private const int ShownCharacters = 120;

    public bool IsPreliminary => Code is >= 100 and < 200;

    public bool IsDone => Code is >= 200 and < 300;

    public bool IsPassing => Code is >= 400 and < 500;

    /// <summary>530 in words of too many connections, sessions or users (ProFTPD, IIS, Serv-U), and not of attempts: those lock accounts.</summary>
    public bool IsCrowded => Code == 530 && Lines.Any(line => OfConnections().IsMatch(line) && OfQuantity().IsMatch(line)) && !Lines.Any(line => OfPasswords().IsMatch(line));

    /// <summary>A command that the server does not know.</summary>
    public bool IsUnknown => Code is 500 or 501 or 502 or 504;

    /// <summary>The first line behind its code.</summary>
    public string Text => Lines[0].Length > 4 ? Lines[0][4..] : "";

    /// <summary>For errors: the server's own words, harmless and short.</summary>
    public override string ToString() => string.Concat(Lines[0].Take(ShownCharacters).Select(character => character is >= ' ' and <= '~' ? character : '?'));

    [GeneratedRegex(@"\b(connections?|connected|sessions?|users|clients?|logins|logged in|simultaneous(ly)?|concurrent(ly)?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfConnections();

    [GeneratedRegex(@"\b(too many|max(imum)?|limit(ed|s)?|restricted to|exceed(ed|s)?|no more than|only \d+|already)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfQuantity();

    [GeneratedRegex(@"\b(attempts?|fail(ed|ures?)?|passwords?|incorrect|invalid|wrong|lock(ed)?|disabled|expired|banned)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfPasswords();
}
