namespace RetailLake.Local.Running;

/// <summary>A query's text, as far as needed: a second statement could end the read-only transaction.</summary>
internal static class SqlText
{
    public static bool HoldsSeveralStatements(string sql)
    {
        var index = 0;
        while (index < sql.Length)
        {
            if (sql[index] == ';')
            {
                return sql.AsSpan(index + 1).Trim().Trim(';').Trim().Length > 0;
            }

            index = After(sql, index);
        }

        return false;
    }

    /// <returns>The position after one character, quoted text or comment.</returns>
    private static int After(string sql, int index) => sql[index] switch
    {
        'e' or 'E' when At(sql, index + 1) == '\'' => EscapedClosing(sql, index + 2),
        var letter when char.IsLetter(letter) || letter == '_' => AfterName(sql, index),
        '\'' or '"' => Closing(sql, index + 1, sql[index].ToString()),
        '-' when At(sql, index + 1) == '-' => Closing(sql, index + 2, "\n"),
        '/' when At(sql, index + 1) == '*' => Closing(sql, index + 2, "*/"),
        '$' when sql.IndexOf('$', index + 1) is var end && end > index && IsTag(sql.AsSpan(index + 1, end - index - 1)) => Closing(sql, end + 1, sql[index..(end + 1)]),
        _ => index + 1,
    };

    private static int Closing(string sql, int from, string mark) =>
        sql.IndexOf(mark, from, StringComparison.Ordinal) is var found && found < 0 ? sql.Length : found + mark.Length;

    /// <summary>A '$' inside a name begins no quote.</summary>
    private static int AfterName(string sql, int index)
    {
        while (char.IsLetterOrDigit(At(sql, index)) || At(sql, index) is '_' or '$')
        {
            index++;
        }

        return index;
    }

    private static int EscapedClosing(string sql, int index)
    {
        while (index < sql.Length && sql[index] != '\'')
        {
            index += sql[index] == '\\' ? 2 : 1;
        }

        return Math.Min(index + 1, sql.Length);
    }

    private static char At(string sql, int index) => index < sql.Length ? sql[index] : '\0';

    private static bool IsTag(ReadOnlySpan<char> tag)
    {
        foreach (var letter in tag)
        {
            if (!char.IsLetterOrDigit(letter) && letter != '_')
            {
                return false;
            }
        }

        return true;
    }
}
