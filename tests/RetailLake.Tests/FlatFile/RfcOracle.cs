using System.Text;

namespace RetailLake.Tests.FlatFile;

/// <summary>RFC 4180 letter by letter, as simple as it can be written: what the vectorised reader is compared with.</summary>
internal static class RfcOracle
{
    /// <summary>Lines as <see cref="ReadRow.Line"/> has them, or null when a quote is never closed.</summary>
    public static List<string>? Read(string text, string delimiter, char? quote, int width)
    {
        List<string> lines = [];
        var at = 0;
        while (at < text.Length)
        {
            List<string?> fields = [];
            var (bad, start) = (false, at);
            while (true)
            {
                var field = new StringBuilder();
                var isQuoted = quote is not null && at < text.Length && text[at] == quote;
                if (isQuoted)
                {
                    at++;
                    while (true)
                    {
                        if (at == text.Length)
                        {
                            return null;
                        }

                        if (text[at] == quote && at + 1 < text.Length && text[at + 1] == quote)
                        {
                            field.Append(quote);
                            at += 2;
                        }
                        else if (text[at] == quote)
                        {
                            at++;
                            break;
                        }
                        else
                        {
                            field.Append(text[at++]);
                        }
                    }
                }

                while (at < text.Length && text[at] is not ('\r' or '\n') && string.CompareOrdinal(text, at, delimiter, 0, delimiter.Length) != 0)
                {
                    bad |= isQuoted || text[at] == quote;
                    field.Append(text[at++]);
                }

                fields.Add(field.Length == 0 && !isQuoted ? null : field.ToString());
                if (at < text.Length && text[at] is not ('\r' or '\n'))
                {
                    at += delimiter.Length;
                    continue;
                }

                break;
            }

            var isEmpty = at == start;
            at += at + 1 < text.Length && text[at] == '\r' && text[at + 1] == '\n' ? 2 : 1;
            if (!isEmpty)
            {
                lines.Add(bad ? "<quote>" : fields.Count != width ? "<columns>" : string.Join('|', fields.Select(field => field ?? "NULL")));
            }
        }

        return lines;
    }
}
