using System.Globalization;
using RetailLake.Core.Contracts.Yaml;
using RetailLake.Core.Rows.Forms;

namespace RetailLake.Core.Contracts.Compile.Drops;

/// <summary><c>retaillake.format</c>: how a value is written.</summary>
internal static class FormatCompiler
{
    private static readonly ColumnType OfTotals = new(ColumnKind.Decimal, "decimal(38,18)") { Precision = 38, Scale = 18 };
    private static readonly string[] OfNumbers = ["point", "grouping", "impliedDecimals", "sign"];

    /// <param name="column">Null: a total of a trailer, which is a number.</param>
    public static FieldFormat? Compile(YamlNode? node, ContractColumn? column, ProblemList problems)
    {
        if (node is not YamlMap format)
        {
            return null;
        }

        var before = problems.Count;
        Check(format, column, problems);
        var made = Made(format);
        if (problems.Count == before && FieldForm.Problem(column?.Type ?? OfTotals, made) is { } problem)
        {
            problems.Add(format, $"Found {problem} in the format of '{column?.Name ?? "a total"}', expected what its reader can read.", "Correct the format.");
        }

        return made;
    }

    private static FieldFormat Made(YamlMap format) => new()
    {
        Pattern = format["pattern"].Text(),
        Point = format["point"].Text() == "," ? ',' : '.',
        Grouping = DropCompiler.Chosen(format["grouping"], DigitGrouping.None),
        ImpliedDecimals = (int)(format["impliedDecimals"].Integer() ?? 0),
        Sign = format["sign"].Text() switch
        {
            "trailing" => SignStyle.Trailing,
            "overpunch" => SignStyle.Overpunch,
            "credit-debit" => SignStyle.CreditDebit,
            "parentheses" => SignStyle.Parentheses,
            _ => SignStyle.Leading,
        },
        Trim = format["trim"].Boolean() == true,
        Pad = format["pad"].Text() is { Length: 1 } pad ? pad[0] : null,
        Nulls = format["nulls"] is YamlList nulls ? [.. nulls.Items.Select(item => item.Text()).OfType<string>()] : null,
        Map = format["map"] is YamlMap map
            ? map.Entries.ToDictionary(entry => entry.Key.Text, entry => entry.Value is YamlScalar scalar ? scalar.Text : "", StringComparer.Ordinal) : null,
    };

    private static void Check(YamlMap format, ContractColumn? column, ProblemList problems)
    {
        var kind = column?.Type.Kind ?? ColumnKind.Decimal;
        var name = column?.Name ?? "a total";
        var isTime = kind is ColumnKind.Date or ColumnKind.Timestamp or ColumnKind.Time;
        if (format["pattern"] is { } pattern && pattern.Text() is { } text && TimePattern.Problem(kind, text) is not null)
        {
            problems.Add(pattern, $"Found the pattern {pattern.Shown} on '{name}' ({kind}), expected {(isTime ? "yyyy, MM or MMM, dd, HH, mm, ss, f…fffffff or .F….FFFFFFF, and zzz, Z or K, each once, with separators; other letters in single quotes" : "it on dates and times only")}.", "Write it like dd/MM/yyyy or yyyy-MM-dd'T'HH:mm:ss.");
        }

        foreach (var key in OfNumbers.Where(key => format[key] is not null && kind is not (ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.Decimal)))
        {
            problems.Add(format.Entry(key)!.Key, $"Found '{key}' in the format of '{name}' ({kind}), expected it on integers and decimals only.", "Remove it.");
        }

        if (format["impliedDecimals"].Integer() is > 0 and var implied && (column?.Type is { Kind: not ColumnKind.Decimal } || implied > (column?.Type.Scale ?? 18)))
        {
            problems.Add(format["impliedDecimals"]!, $"Found {implied.ToString(CultureInfo.InvariantCulture)} implied decimals on '{name}' ({column?.Type.SourceType}), expected at most the digits that the type has after its point.", "Widen the type or correct the number.");
        }

        if (format["grouping"].Text() is { } grouping and not "none" && format["impliedDecimals"].Integer() is > 0)
        {
            problems.Add(format["grouping"]!, $"Found grouping {grouping} with implied decimals on '{name}', expected one or the other.", "Remove one of them.");
        }

        if (format["map"] is YamlMap && (isTime || format["pattern"] is not null))
        {
            problems.Add(format["map"]!, $"Found 'map' on '{name}' ({kind}), expected it on text, numbers and flags.", "Remove it.");
        }
    }
}
