using System.Globalization;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;

namespace RetailLake.Core.Runs;

/// <summary>Table-level rules of the contract over one run's valid rows.</summary>
public static class TableRules
{
    public static void Judge(Run run, ContractTable table, AuditedTable audited, IReadOnlyList<ValidatedTable> slices)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(audited);
        var broken = table.Rules
            .Select(rule => (rule, found: Measure(rule, audited.Valid.Rows, slices)))
            .Where(judged => !Holds(judged.rule, judged.found))
            .Select(judged => string.Create(CultureInfo.InvariantCulture, $"{Name(judged.rule)} is {judged.found:0.####}{(judged.rule.Percent ? " %" : "")}, {judged.rule.Operator} {string.Join(" and ", judged.rule.Operands)}"))
            .ToList();
        if (broken.Count > 0)
        {
            throw new QualityRuleBrokenException(
                $"Found {string.Join("; ", broken)} in '{run.Contract.Source}.{table.Name}' of execution '{run.Plan.Execution}'.",
                "Nothing of this execution was published.",
                $"Mend the source or the contract's quality section, then 'lake rerun {run.Plan.Execution}'.");
        }
    }

    private static string Name(TableRule rule) => rule.Columns.Count == 0 ? rule.Metric : $"{rule.Metric}({string.Join(",", rule.Columns)})";

    private static decimal Measure(TableRule rule, long rows, IReadOnlyList<ValidatedTable> slices)
    {
        decimal count = rule.Metric switch
        {
            "rowCount" => rows,
            "nullValues" or "missingValues" => rule.Columns.Sum(column => slices.Sum(slice => slice.NullCounts.GetValueOrDefault(column))),
            _ => throw new NotSupportedByLakeException(
                $"Found table rule '{rule.Metric}'; the audit judges rowCount and nullValues.", "Nothing was published.", "Remove the rule, or state it as a row rule."),
        };
        return !rule.Percent ? count : rows == 0 ? 0 : count * 100m / rows;
    }

    private static bool Holds(TableRule rule, decimal found) => rule.Operator switch
    {
        "mustBe" => found == rule.Operands[0],
        "mustNotBe" => found != rule.Operands[0],
        "mustBeGreaterThan" => found > rule.Operands[0],
        "mustBeGreaterOrEqualTo" => found >= rule.Operands[0],
        "mustBeLessThan" => found < rule.Operands[0],
        "mustBeLessOrEqualTo" => found <= rule.Operands[0],
        "mustBeBetween" => found > rule.Operands[0] && found < rule.Operands[1],
        "mustNotBeBetween" => found <= rule.Operands[0] || found >= rule.Operands[1],
        _ => throw new NotSupportedByLakeException(
            $"Found operator '{rule.Operator}' in a table rule; the ODCS operators are mustBe… and mustNotBe….", "Nothing was published.", "Correct the contract's quality section."),
    };
}
