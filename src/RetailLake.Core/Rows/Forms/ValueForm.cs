namespace RetailLake.Core.Rows.Forms;

/// <summary>One way of writing numbers or times, compiled; immutable, shared by threads.</summary>
internal abstract class ValueForm
{
    /// <summary>No number and no time is longer; what is, is refused unread.</summary>
    public const int LongestValue = 128;

    /// <summary>What the contract declares, for reasons: <c>a date or time written as 'dd/MM/yyyy'</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>Most bytes that <see cref="Write"/> needs for any value.</summary>
    public abstract int Room { get; }

    /// <returns>Bytes of the lake's own form, or -1 when the value is not written as declared.</returns>
    public abstract int Write(ReadOnlySpan<byte> value, Span<byte> destination);
}
