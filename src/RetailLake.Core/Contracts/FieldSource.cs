namespace RetailLake.Core.Contracts;

/// <summary>Where in a drop a column's value stands. Written as <c>retaillake.from</c>.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>delimited</term><description>a header name, or a position <c>3</c> (1-based)</description></item>
/// <item><term>fixed</term><description><c>11-20</c>, both ends inclusive, 1-based</description></item>
/// <item><term>XML</term><description>a path from the row's element by local names: <c>Sale/ItemID</c>, <c>@VoidFlag</c>, <c>../BusinessDayDate</c>, <c>.</c>; <c>a | b</c>: the first that is there</description></item>
/// <item><term>all</term><description><c>$row</c>, <c>$unit</c>, <c>$index</c> (numbers of the row in its table and drop, of its unit, of the row in its unit), <c>$name</c>, <c>$name.group</c>, <c>$record</c> (record type, or local name of the row's element)</description></item>
/// <item><term>JSON</term><description>a path of member names from the row's object, <c>total/net</c>, or from the record's, <c>/bill_no</c>; <c>a | b</c>: the first that has a value</description></item>
/// <item><term>topics</term><description><c>$index</c> (1-based in its array), and of the record <c>$key</c>, <c>$topic</c>, <c>$partition</c>, <c>$offset</c>, <c>$timestamp</c></description></item>
/// </list>
/// With record types also <c>header:…</c> and <c>parent:…</c>: the same of the file's header, and of the parent record that came last.
/// </remarks>
/// <param name="Name">Header name, name group, or null.</param>
/// <param name="Position">Delimited: 1-based field. Fixed: 1-based first unit.</param>
/// <param name="Length">Fixed: units.</param>
/// <param name="Paths">XML and JSON: alternatives, in order.</param>
public sealed record FieldSource(FieldScope Scope, string? Name = null, int Position = 0, int Length = 0, IReadOnlyList<string>? Paths = null);

public enum FieldScope
{
    /// <summary>The row's own record or element.</summary>
    Record,

    /// <summary>The last record of the parent table.</summary>
    Parent,

    /// <summary>The file's header record.</summary>
    Header,

    /// <summary><c>$row</c></summary>
    RowNumber,

    /// <summary><c>$unit</c></summary>
    UnitNumber,

    /// <summary><c>$index</c></summary>
    IndexInUnit,

    /// <summary><c>$name</c>, or <c>$name.group</c> with <see cref="FieldSource.Name"/>.</summary>
    FileName,

    /// <summary><c>$record</c></summary>
    RecordType,

    /// <summary><c>$key</c>: the Kafka record's key as text.</summary>
    RecordKey,

    /// <summary><c>$topic</c></summary>
    Topic,

    /// <summary><c>$partition</c></summary>
    Partition,

    /// <summary><c>$offset</c></summary>
    Offset,

    /// <summary><c>$timestamp</c>: the Kafka record's, UTC.</summary>
    Timestamp,
}

/// <summary>How a value is written in a drop, when not in the lake's own form (<c>-1234.50</c>, <c>2026-11-21</c>, <c>2026-11-21 09:30:00</c>). Written as <c>retaillake.format</c>.</summary>
public sealed record FieldFormat
{
    /// <summary>Dates and timestamps: <c>dd/MM/yyyy</c>, <c>yyyyMMddHHmmss</c>, <c>dd-MMM-yyyy HH:mm:ss</c>, <c>yyyy-MM-dd'T'HH:mm:ss.fffffffzzz</c>. Only this form is accepted.</summary>
    public string? Pattern { get; init; }

    /// <summary><c>.</c> or <c>,</c></summary>
    public char Point { get; init; } = '.';

    public DigitGrouping Grouping { get; init; }

    /// <summary>The last so many digits stand behind a point that is not written.</summary>
    public int ImpliedDecimals { get; init; }

    public SignStyle Sign { get; init; }

    /// <summary>Blanks (and a fixed field's padding) around the value are no part of it.</summary>
    public bool Trim { get; init; }

    /// <summary>A fixed field is filled with it on the left; blanks on the right always go.</summary>
    public char? Pad { get; init; }

    /// <summary>Values, after trimming, that stand for NULL. Null: the empty value, unless it is quoted text.</summary>
    public IReadOnlyList<string>? Nulls { get; init; }

    /// <summary>Written values to the lake's: <c>Y</c> → <c>1</c>. A value that is not listed is refused.</summary>
    public IReadOnlyDictionary<string, string>? Map { get; init; }
}

public enum DigitGrouping
{
    None,

    /// <summary><c>1,234,567</c></summary>
    Thousands,

    /// <summary><c>12,34,567</c></summary>
    Indian,
}

public enum SignStyle
{
    /// <summary><c>-5</c></summary>
    Leading,

    /// <summary><c>5-</c>, and <c>5+</c> or <c>5</c></summary>
    Trailing,

    /// <summary>The last digit holds the sign: <c>{</c> <c>A</c>…<c>I</c> are +0…+9, <c>}</c> <c>J</c>…<c>R</c> are −0…−9.</summary>
    Overpunch,

    /// <summary><c>5 CR</c> is negative, <c>5 DR</c> is not.</summary>
    CreditDebit,

    /// <summary><c>(5)</c></summary>
    Parentheses,
}
