using System.Globalization;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;

namespace RetailLake.Tests.Aws.DataApi;

/// <summary>
/// A stored procedure of the one shape that the product creates, run from its own text: EXECUTE of two literals around the argument INTO a count and a message,
/// and RAISE EXCEPTION when the count is above 0.
/// </summary>
internal sealed partial class CheckProcedure
{
    private readonly string before;
    private readonly string behind;
    private readonly string raised;

    public CheckProcedure(string body, string argument)
    {
        var execute = Execute().Match(body);
        var raise = Raise().Match(body);
        if (!execute.Success || !raise.Success || execute.Groups["argument"].Value != argument)
        {
            throw new RedshiftException("the emulator knows no procedure of this shape");
        }

        before = RedshiftText.Literals(execute.Groups["before"].Value).Single();
        behind = RedshiftText.Literals(execute.Groups["behind"].Value).Single();
        raised = RedshiftText.Literals(raise.Groups["format"].Value).Single();
    }

    public void Call(DuckDBConnection connection, string argument)
    {
        using var command = connection.CreateCommand();
        command.CommandText = RedshiftText.ToDuckDb(before + argument + behind);
        using var reader = command.ExecuteReader();
        reader.Read().Should().BeTrue();
        if (Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture) > 0)
        {
            throw new RedshiftException(raised.Replace("%", Convert.ToString(reader.GetValue(1), CultureInfo.InvariantCulture), StringComparison.Ordinal) + "\n  Where: PL/pgSQL function");
        }
    }

    [GeneratedRegex(@"EXECUTE (?<before>'.+')\s+\|\| (?<argument>\w+) \|\| (?<behind>'.+') INTO broken, message;", RegexOptions.Singleline)]
    private static partial Regex Execute();

    [GeneratedRegex(@"IF broken > 0 THEN\s+RAISE EXCEPTION (?<format>'[^']+'), message;\s+END IF;")]
    private static partial Regex Raise();
}
