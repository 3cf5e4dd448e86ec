namespace RetailLake.Core.Contracts;

/// <summary>One column of a contract.</summary>
public sealed record ContractColumn
{
    /// <summary>Name in the lake and the warehouse.</summary>
    public required string Name { get; init; }

    /// <summary>Name in the source (ODCS physicalName).</summary>
    public required string SourceName { get; init; }

    public required ColumnType Type { get; init; }

    /// <summary>A NULL is a reject.</summary>
    public bool Required { get; init; }

    /// <summary>Personal data: curated and warehouse hold a keyed token (<see cref="ColumnType.TokenBytes"/> characters) instead of the value.</summary>
    public bool Personal { get; init; }

    /// <summary>Applied before the token is made, so that equal persons get equal tokens: <c>phone-in</c> | <c>lower</c> | null.</summary>
    public string? Normalise { get; init; }

    /// <summary>The column's sum is carried through every hop (integer or decimal columns of at most 18 digits).</summary>
    public bool ControlTotal { get; init; }

    /// <summary>What a MySQL zero date (<c>0000-00-00</c>) becomes.</summary>
    public ZeroDatePolicy ZeroDate { get; init; } = ZeroDatePolicy.Reject;

    /// <summary>Drops: where the value stands.</summary>
    public FieldSource? From { get; init; }

    /// <summary>Drops: how the value is written; null: in the lake's own form.</summary>
    public FieldFormat? Format { get; init; }

    /// <summary>Row rules in the order of the contract.</summary>
    public IReadOnlyList<ColumnRule> Rules { get; init; } = [];
}

public enum ZeroDatePolicy
{
    Reject,
    Null,
}

/// <summary>A rule that one value must satisfy; a NULL satisfies all of them.</summary>
/// <param name="Kind">
/// <c>pattern</c> (Arg = regular expression), <c>minLength</c>/<c>maxLength</c> (characters), <c>minimum</c>/<c>maximum</c>/<c>exclusiveMinimum</c>/<c>exclusiveMaximum</c>
/// (Arg = decimal, date or timestamp text), <c>values</c> (Values), <c>gstin</c>, <c>ean13</c>, <c>hsn</c>, <c>phone-in</c>, <c>upi</c>, <c>pin-in</c>,
/// <c>atMost</c>/<c>atLeast</c> (Arg = name of another column of the row).
/// </param>
public sealed record ColumnRule(string Kind, string? Arg = null, IReadOnlyList<string>? Values = null);
