using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Rules;

/// <summary>HSN of goods and SAC of services (99…) as invoices state them: 4, 6 or 8 digits (notification 78/2020).</summary>
internal sealed class HsnRule() : ValueRule(new RejectReason(RejectCode.Hsn, "an HSN or SAC code of 4, 6 or 8 digits"))
{
    public override bool Holds(ReadOnlySpan<byte> text, in Cell cell) =>
        text.Length is 4 or 6 or 8 && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}

/// <summary>Indian postal code: six digits, the first is not 0.</summary>
internal sealed class PinCodeRule() : ValueRule(new RejectReason(RejectCode.PinIn, "a PIN code of six digits that does not begin with 0"))
{
    public override bool Holds(ReadOnlySpan<byte> text, in Cell cell) =>
        text.Length == 6 && text[0] != '0' && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}

internal sealed class PhoneRule() : ValueRule(new RejectReason(RejectCode.PhoneIn, "an Indian mobile number: ten digits, the first 6 to 9"))
{
    public override bool Holds(ReadOnlySpan<byte> text, in Cell cell)
    {
        Span<byte> digits = stackalloc byte[IndianPhone.Length];
        return IndianPhone.TryNormalise(text, digits);
    }
}
