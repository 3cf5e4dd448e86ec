using System.Text;

namespace RetailLake.Tests.FlatFile;

/// <summary>RFC 4180 letter by letter, as simple as it can be written: what the vectorised reader is compared with. A badly quoted record is its first line.</summary>
internal static class RfcOracle
{
    /// <summary>Lines as <see cref="ReadRow.Line"/> has them, or null when a quote is not closed on the last line.</summary>
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
                            if (text.IndexOfAny(['\r', '\n'], start) < 0)
                            {
                                return null;
                            }

                            bad = true;
                            break;
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

                if (bad)
                {
                    at = text.IndexOfAny(['\r', '\n'], start);
                    at = at < 0 ? text.Length : at;
                    break;
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
