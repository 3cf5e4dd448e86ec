namespace RetailLake.Core.Rows.Columns;

/// <summary>Text of one column type to a <see cref="Cell"/>; immutable, shared by threads.</summary>
internal abstract class ValueParser
{
    /// <returns>Null when the value is good, or becomes NULL (<see cref="Cell.State"/>).</returns>
    public abstract RejectReason? Parse(ReadOnlySpan<byte> text, ref Cell cell);
}
