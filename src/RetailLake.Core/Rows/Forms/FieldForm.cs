using System.Text;
using RetailLake.Core.Contracts;
using RetailLake.Core.Errors;
using RetailLake.Core.Rows.Drops;

namespace RetailLake.Core.Rows.Forms;

/// <summary>
/// How the values of one column are written in drops, compiled once: the drop's bytes go in, the lake's own text comes out in the row's
/// scratch. A value in another form is refused with <see cref="RejectCode.Format"/> and stays as it was written. Immutable; allocates nothing per value.
/// </summary>
/// <remarks>
/// Steps, in this order: trimming and padding; NULL; map; number or time. An empty value is NULL, unless it is text that was quoted.
/// Blanks are space and tab.
/// </remarks>
public sealed class FieldForm
{
    private static readonly FieldFormat AsItIs = new();

    private readonly bool isText;
    private readonly bool isNumber;
    private readonly FieldFormat format;
    private readonly byte[][]? nulls;
    private readonly (byte[] From, byte[] To)[]? map;
    private readonly ValueForm? form;
    private readonly RejectReason? refusal;

    private FieldForm(ColumnType type, FieldFormat format)
    {
        this.format = format;
        isText = type.Kind is ColumnKind.Text or ColumnKind.Json or ColumnKind.Binary;
        isNumber = NumberForm.Takes(type.Kind);
        nulls = format.Nulls?.Select(Encoding.UTF8.GetBytes).ToArray();
        map = format.Map?.Select(pair => (Encoding.UTF8.GetBytes(pair.Key), Encoding.UTF8.GetBytes(pair.Value))).ToArray();
        form = format.Pattern is not null ? new TimeForm(type, format.Pattern) : NumberForm.IsPlain(format) ? null : new NumberForm(format);
        refusal = map is not null ? new RejectReason(RejectCode.Format, $"one of the {map.Length} values that the contract maps")
            : form is null ? null : new RejectReason(RejectCode.Format, form.Expected);
    }

    /// <summary>Whether a value that is not empty is taken as it is written.</summary>
    public bool IsPlain => form is null && map is null && nulls is null && !format.Trim && format.Pad is null;

    /// <summary>Whether ASCII stays ASCII.</summary>
    public bool KeepsAscii => map is null || map.All(pair => Ascii.IsValid(pair.To));

    /// <exception cref="ContractInvalidException">The format cannot be one of this column.</exception>
    public static FieldForm Compile(ContractColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Compile(column.Name, column.Type, column.Format);
    }

    /// <param name="name">Of the column or total, for errors.</param>
    public static FieldForm Compile(string name, ColumnType type, FieldFormat? format) => Problem(type, format) is { } problem
        ? throw new ContractInvalidException($"Found {problem} in the format of '{name}'.", "Nothing was read.", "Correct 'retaillake.format' in the contract.")
        : new FieldForm(type, format ?? AsItIs);

    /// <summary>For the contract's check.</summary>
    /// <returns>What is wrong, e.g. <c>the pattern 'dd/MM/yy'; years have four digits</c>; null when nothing is.</returns>
    public static string? Problem(ColumnType type, FieldFormat? format)
    {
        ArgumentNullException.ThrowIfNull(type);
        return format is null ? null
            : format.Pattern is not null && !NumberForm.IsPlain(format) ? "a pattern of dates beside a form of numbers; a column is one of them"
            : format.Map is not null && !NumberForm.IsPlain(format) ? "a map beside a form of numbers; what it maps to is in the lake's own form"
            : format.Pattern is not null ? TimePattern.Problem(type.Kind, format.Pattern)
            : !NumberForm.IsPlain(format) && !NumberForm.Takes(type.Kind) ? $"a form of numbers on a column of kind {type.Kind}"
            : NumberForm.Problem(format) ?? (format.Pad is > '~' or < ' ' ? "a pad that is not a printable ASCII character" : null);
    }

    /// <summary>Whether the value, trimmed already where it must be, is NULL.</summary>
    public bool IsNull(ReadOnlySpan<byte> value, bool quoted)
    {
        if (nulls is null)
        {
            return value.IsEmpty && !(quoted && isText);
        }

        foreach (var candidate in nulls)
        {
            if (value.SequenceEqual(candidate))
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="raw">As written in the drop, without its quotes; must not lie in the row's own scratch.</param>
    /// <param name="quoted">Whether it stood in quotes: then an empty text is a text.</param>
    public void Write(ReadOnlySpan<byte> raw, bool quoted, LandedRow row, int index)
    {
        ArgumentNullException.ThrowIfNull(row);
        var value = Trimmed(raw);
        if (IsNull(value, quoted))
        {
            row.SetNull(index);
        }
        else if (map is not null)
        {
            WriteMapped(raw, value, row, index);
        }
        else if (form is null)
        {
            Copy(value, row, index);
        }
        else
        {
            var written = value.Length > ValueForm.LongestValue ? -1 : form.Write(value, row.BeginScratch(form.Room));
            if (written >= 0)
            {
                row.EndScratch(index, written);
            }
            else
            {
                Refuse(raw, row, index);
            }
        }
    }

    private static void Copy(ReadOnlySpan<byte> value, LandedRow row, int index)
    {
        value.CopyTo(row.BeginScratch(value.Length));
        row.EndScratch(index, value.Length);
    }

    private void WriteMapped(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> value, LandedRow row, int index)
    {
        foreach (var (from, to) in map!)
        {
            if (value.SequenceEqual(from))
            {
                Copy(to, row, index);
                return;
            }
        }

        Refuse(raw, row, index);
    }

    private void Refuse(ReadOnlySpan<byte> raw, LandedRow row, int index)
    {
        Copy(raw, row, index);
        row.Refuse(index, refusal!);
    }

    private ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> value)
    {
        if (format.Trim)
        {
            value = value.Trim(" \t"u8);
        }

        if (format.Pad is not { } pad)
        {
            return value;
        }

        value = value.TrimEnd((byte)' ');
        var start = 0;
        while (start < value.Length && value[start] == pad && !(pad == '0' && IsLastZero(value[start..])))
        {
            start++;
        }

        return value[start..];
    }

    /// <summary>A field full of zeros is the number or code 0, and <c>000.50</c> is 0.50.</summary>
    private bool IsLastZero(ReadOnlySpan<byte> value) => value.Length == 1 || (isNumber && value[1] is < (byte)'0' or > (byte)'9');
}
