using System.Globalization;
using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Drops;

/// <summary>
/// What a drop is the whole truth about by its headers and its name alone, where the contract replaces by columns: a document that has no valid
/// row, or no row at all, speaks for its shop's day all the same.
/// </summary>
public sealed class DocumentScopes
{
    private readonly CompiledTable parent;
    private readonly RowCheck check;
    private readonly IReadOnlyList<string> names;
    private readonly int[] columns;
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<IReadOnlyList<string>> found = [];

    private DocumentScopes(Contract contract)
    {
        parent = CompiledTable.For(contract.Parent);
        check = new RowCheck(parent);
        names = contract.Drop!.ReplacesColumns;
        columns = [.. names.Select(parent.IndexOf)];
    }

    /// <summary>Each combination once, in the order of <see cref="DropSpec.ReplacesColumns"/>: numbers in digits, dates as <c>YYYY-MM-DD</c>.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Found => found;

    /// <returns>Null when only rows can say what a drop is about.</returns>
    public static DocumentScopes? For(Contract contract) => AreTold(contract) ? new(contract) : null;

    /// <summary>Whether all columns that the contract replaces by stand in a header or in the name, and are whole numbers, dates or plain text.</summary>
    public static bool AreTold(Contract contract)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return contract.Drop is { Replaces: DropScope.Columns } drop && drop.ReplacesColumns.All(name => IsTold(contract.Parent.Column(name)));
    }

    /// <param name="document">A row of the parent table with nothing in it but what header and name give.</param>
    /// <remarks>A value that no row could have says nothing: rows of that document are rejected for it.</remarks>
    public void Add(LandedRow document)
    {
        ArgumentNullException.ThrowIfNull(document);
        check.Check(new DropRow(document, 0, 0));
        if (check.Reasons.Any(reason => reason.Column is null || names.Contains(reason.Column)))
        {
            return;
        }

        string[] values = [.. columns.Select(column => Text(column, document))];
        if (seen.Add(string.Join('\0', values)))
        {
            found.Add(values);
        }
    }

    private static bool IsTold(ContractColumn column) =>
        column is { Personal: false, Normalise: null, From.Scope: FieldScope.Header or FieldScope.FileName }
        && column.Type.Kind is ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.Date or ColumnKind.Text;

    private string Text(int column, LandedRow document) => parent.Columns[column].Type.Kind switch
    {
        ColumnKind.Text => Encoding.UTF8.GetString(document.Field(column)),
        ColumnKind.Date => DateOnly.FromDayNumber((int)check.Cells[column].Value + CivilDate.EpochDay).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => check.Cells[column].Value.ToString(CultureInfo.InvariantCulture),
    };
}
