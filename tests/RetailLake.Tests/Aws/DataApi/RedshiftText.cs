using System.Text;
using System.Text.RegularExpressions;

namespace RetailLake.Tests.Aws.DataApi;

/// <summary>What Redshift would answer to a statement that it does not take.</summary>
internal sealed class RedshiftException(string message) : Exception("ERROR: " + message);

/// <summary>Redshift's text, as far as the product writes it; what is not known is refused, so that no statement passes because DuckDB happens to take it.</summary>
internal static partial class RedshiftText
{
    /// <summary>A backslash escapes within Redshift's literals and is a character within DuckDB's.</summary>
    public static string ToDuckDb(string sql)
    {
        var text = new StringBuilder(sql.Length);
        for (var index = 0; index < sql.Length; index++)
        {
            if (sql[index] == '\'')
            {
                text.Append('\'').Append(Literal(sql, ref index).Replace("'", "''", StringComparison.Ordinal)).Append('\'');
            }
            else
            {
                text.Append(sql[index]);
            }
        }

        return text.ToString();
    }

    /// <param name="index">At the opening quote; at the closing one afterwards.</param>
    public static string Literal(string sql, ref int index)
    {
        var value = new StringBuilder();
        for (index++; index < sql.Length; index++)
        {
            if (sql[index] == '\\' && index + 1 < sql.Length)
            {
                value.Append(sql[++index]);
            }
            else if (sql[index] != '\'')
            {
                value.Append(sql[index]);
            }
            else if (index + 1 < sql.Length && sql[index + 1] == '\'')
            {
                value.Append(sql[index++]);
            }
            else
            {
                return value.ToString();
            }
        }

        throw new RedshiftException("unterminated quoted string");
    }

    /// <summary>The literals of a statement in their order.</summary>
    public static List<string> Literals(string sql)
    {
        List<string> found = [];
        for (var index = 0; index < sql.Length; index++)
        {
            if (sql[index] == '\'')
            {
                found.Add(Literal(sql, ref index));
            }
        }

        return found;
    }

    public static StatementForm FormOf(string sql) =>
        Forms.FirstOrDefault(form => form.Start.IsMatch(sql)).Form is { } form and not StatementForm.Unknown ? form : throw new RedshiftException($"the emulator knows no statement like '{sql[..Math.Min(40, sql.Length)]}'");

    private static readonly (Regex Start, StatementForm Form)[] Forms =
    [
        (Lock(), StatementForm.Lock), (Schema(), StatementForm.Plain), (Procedure(), StatementForm.Procedure), (Copy(), StatementForm.Copy), (Unload(), StatementForm.Unload),
        (Call(), StatementForm.Call), (TableAs(), StatementForm.Plain), (Table(), StatementForm.Table), (View(), StatementForm.Plain), (AddColumn(), StatementForm.AddColumn),
        (Widen(), StatementForm.Widen), (Insert(), StatementForm.Insert), (Change(), StatementForm.Plain), (Select(), StatementForm.Select), (Access(), StatementForm.Access),
    ];

    [GeneratedRegex(@"\ALOCK (?<table>""\w+"".""\w+"")\z")]
    public static partial Regex Lock();

    [GeneratedRegex(@"\ACREATE SCHEMA IF NOT EXISTS ""\w+""\z")]
    private static partial Regex Schema();

    [GeneratedRegex(@"\ACREATE OR REPLACE PROCEDURE (?<name>""\w+"".""\w+"")\((?<argument>\w+) VARCHAR\(\d+\)\) AS \$\$(?<body>.+)\$\$ LANGUAGE plpgsql\z", RegexOptions.Singleline)]
    public static partial Regex Procedure();

    [GeneratedRegex(@"\ACOPY (?<table>""\w+""(\.""\w+"")?) FROM '(?<manifest>s3://[^']+)' IAM_ROLE '(?<role>arn:[^']+)' FORMAT AS PARQUET MANIFEST\z")]
    public static partial Regex Copy();

    [GeneratedRegex(@"\AUNLOAD \('.+'\) TO '(?<to>s3://[^']+)' IAM_ROLE '(?<role>arn:[^']+)' DELIMITER AS '(?<delimiter>.)' ENCRYPTED AUTO PARALLEL OFF\z", RegexOptions.Singleline)]
    public static partial Regex Unload();

    [GeneratedRegex(@"\ACALL (?<name>""\w+"".""\w+"")\('.+'\)\z", RegexOptions.Singleline)]
    public static partial Regex Call();

    [GeneratedRegex(@"\ACREATE TEMP TABLE ""\w+"" AS\s", RegexOptions.Singleline)]
    private static partial Regex TableAs();

    [GeneratedRegex(@"\ACREATE (?<temp>TEMP )?TABLE (IF NOT EXISTS )?(?<table>""\w+""(\.""\w+"")?) \((?<columns>.+?)\)(?<attributes>( DISTSTYLE AUTO| DISTSTYLE KEY DISTKEY\(""(?<key>\w+)""\))?( SORTKEY\((?<sort>""\w+""(, ""\w+"")*)\))?)\z", RegexOptions.Singleline)]
    public static partial Regex Table();

    [GeneratedRegex(@"\ACREATE OR REPLACE VIEW ""\w+"".""\w+"" AS\s", RegexOptions.Singleline)]
    private static partial Regex View();

    [GeneratedRegex(@"\AALTER TABLE (?<table>""\w+"".""\w+"") ADD COLUMN ""(?<column>\w+)"" (?<type>[A-Z ]+(\([0-9,]+\))?)\z")]
    public static partial Regex AddColumn();

    [GeneratedRegex(@"\AALTER TABLE (?<table>""\w+"".""\w+"") ALTER COLUMN ""(?<column>\w+)"" TYPE VARCHAR\((?<bytes>\d+)\)\z")]
    public static partial Regex Widen();

    [GeneratedRegex(@"\AINSERT INTO (?<table>""\w+""(\.""\w+"")?) \([^)]+\)\s+(SELECT|WITH|VALUES)\s", RegexOptions.Singleline)]
    public static partial Regex Insert();

    [GeneratedRegex(@"\A(DELETE FROM|UPDATE) ""\w+""(\.""\w+"")?\s", RegexOptions.Singleline)]
    private static partial Regex Change();

    [GeneratedRegex(@"\A(CREATE ROLE|CREATE MASKING POLICY|ATTACH|DETACH|GRANT)\s")]
    private static partial Regex Access();

    [GeneratedRegex(@"\A(SELECT|WITH)\s", RegexOptions.Singleline)]
    private static partial Regex Select();
}

internal enum StatementForm
{
    Unknown,
    Lock,
    Procedure,
    Copy,
    Unload,
    Call,
    Table,
    AddColumn,
    Widen,
    Insert,
    Select,

    /// <summary>Roles, grants, masks.</summary>
    Access,

    /// <summary>The same words mean the same in DuckDB.</summary>
    Plain,
}
