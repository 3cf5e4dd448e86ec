using RetailLake.Core.Contracts.Yaml;

namespace RetailLake.Core.Contracts.Compile;

/// <summary>What the properties of one column demand of each other.</summary>
internal static class ColumnChecks
{
    public static void Check(YamlMap at, ContractColumn column, ProblemList problems)
    {
        var kind = column.Type.Kind;
        if (at["primaryKey"].Boolean() == true && at["required"].Boolean() == false)
        {
            problems.Add(at["required"]!, $"Found 'required: false' on the key column '{column.Name}', expected true: a row without its key cannot be found again.", "Write 'required: true'.");
        }

        if (column.ControlTotal && (column.Personal || !IsCountable(column.Type)))
        {
            problems.Add(at.Own("controlTotal")!, $"Found a control total on '{column.Name}' ({column.Type.SourceType}{(column.Personal ? ", personal" : "")}), expected an integer, or a decimal of at most 18 digits and 6 after the point, that is not personal.", "Remove 'retaillake.controlTotal', or take another column.");
        }

        if (at.Own("zeroDate") is { } zero && kind is not (ColumnKind.Date or ColumnKind.Timestamp))
        {
            problems.Add(zero, $"Found 'retaillake.zeroDate' on '{column.Name}' ({column.Type.SourceType}), expected it on dates and timestamps only.", "Remove it.");
        }
        else if (column.ZeroDate == ZeroDatePolicy.Null && column.Required)
        {
            problems.Add(at.Own("zeroDate")!, $"Found 'retaillake.zeroDate: null' on the required column '{column.Name}', expected one or the other: the NULL would be a reject.", "Write 'required: false', or 'retaillake.zeroDate: reject'.");
        }

        if (at.Own("normalise") is { } normalise && !(column.Personal && kind == ColumnKind.Text))
        {
            problems.Add(normalise, $"Found 'retaillake.normalise' on '{column.Name}', expected it on personal text only: it shapes what the token is made from.", "Remove it, or declare the column 'classification: personal'.");
        }

        if (at.Own("cursor").Boolean() == true && !(kind is ColumnKind.Timestamp or ColumnKind.Date && !column.Personal))
        {
            problems.Add(at.Own("cursor")!, $"Found 'retaillake.cursor' on '{column.Name}' ({column.Type.SourceType}{(column.Personal ? ", personal" : "")}), expected a timestamp or date that is not personal.", "Take the column that says when the row last changed.");
        }
        else if (at.Own("cursor").Boolean() == true && column.Type.Zone is { } zone && ColumnZone.ChangesClocks(zone))
        {
            problems.Add(at.Own("cursor")!, $"Found the cursor '{column.Name}' on the wall clock of {zone}, where one hour of the year exists twice, expected a clock that only goes forward.", "Take a timestamp column, or have the source write UTC.");
        }

        if (at.Own("softDelete").Boolean() == true && (column.Personal || kind is not (ColumnKind.Boolean or ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.Timestamp or ColumnKind.Date)))
        {
            problems.Add(at.Own("softDelete")!, $"Found 'retaillake.softDelete' on '{column.Name}' ({column.Type.SourceType}{(column.Personal ? ", personal" : "")}), expected a flag (set means deleted) or a time (a value means deleted) that is not personal.", "Take another column, or 'deletes: sweep'.");
        }
    }

    private static bool IsCountable(ColumnType type) => type.Kind switch
    {
        ColumnKind.Int32 or ColumnKind.Int64 => true,
        ColumnKind.Decimal => type.Precision <= 18 && type.Scale <= 6,
        _ => false,
    };
}
