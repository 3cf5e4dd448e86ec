using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Rules;

/// <summary>A rule over one good value that is not NULL; immutable, shared by threads.</summary>
internal abstract class ValueRule(RejectReason reason)
{
    public RejectReason Reason { get; } = reason;

    public abstract bool Holds(ReadOnlySpan<byte> text, in Cell cell);
}
