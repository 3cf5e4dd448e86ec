using RetailLake.Core.Contracts;
using RetailLake.Core.Rows.Columns;
using RetailLake.Core.Rows.Rules;

namespace RetailLake.Core.Rows;

/// <summary>One column's parser and rules; immutable, shared by threads.</summary>
internal sealed class CompiledColumn
{
    public CompiledColumn(ContractColumn column, bool required, bool withRules)
    {
        Column = column;
        Parser = ValueParsers.For(column);
        Text = Parser as TextParser;
        Rules = withRules ? [.. column.Rules.Where(rule => !RuleCompiler.ComparesColumns(rule)).Select(rule => RuleCompiler.Compile(column, Parser, rule))] : [];
        Missing = required ? new RejectReason(RejectCode.Required, "a value") : null;
        HasDummies = column is { Personal: true, Normalise: "phone-in" };
    }

    public ContractColumn Column { get; }

    public ValueParser Parser { get; }

    /// <summary>The parser, when it only asks for good text of a certain length.</summary>
    public TextParser? Text { get; }

    public ValueRule[] Rules { get; }

    /// <summary>The reason for a NULL; null when NULL is fine.</summary>
    public RejectReason? Missing { get; }

    /// <summary>Some values stand for NULL: 9999999999 keyed for a customer without a number.</summary>
    public bool HasDummies { get; }

    public bool IsDummy(ReadOnlySpan<byte> text)
    {
        Span<byte> phone = stackalloc byte[IndianPhone.Length];
        return IndianPhone.TryNormalise(text, phone) && IndianPhone.IsDummy(phone);
    }
}
