namespace RetailLake.Local.Demo;

internal static class Gstin
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>State code, PAN, one registration of its holder in the state, and the check character.</summary>
    public static string Of(string stateCode, string pan)
    {
        var body = $"{stateCode}{pan}1Z";
        return body + CheckCharacter(body);
    }

    /// <summary>The fourth letter tells the holder's kind: P a person, C a company.</summary>
    public static string Pan(ref Draw draw, char holder) =>
        string.Create(10, draw.Next(), (span, bits) =>
        {
            for (var index = 0; index < span.Length; index++)
            {
                var letter = index is < 5 or 9;
                var (next, value) = Math.DivRem(bits, letter ? 26UL : 10UL);
                span[index] = (char)((letter ? 'A' : '0') + (int)value);
                bits = next;
            }
        }) is var pan ? $"{pan[..3]}{holder}{pan[4..]}" : "";

    public static char CheckCharacter(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var index = 0; index < body.Length; index++)
        {
            var product = Alphabet.IndexOf(body[index], StringComparison.Ordinal) * (index % 2 == 0 ? 1 : 2);
            sum += product / 36 + product % 36;
        }
        return Alphabet[(36 - sum % 36) % 36];
    }
}
