using System.Buffers;
using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Rules;

/// <summary>A UPI virtual payment address, <c>name@psp</c>.</summary>
internal sealed class UpiRule() : ValueRule(new RejectReason(RejectCode.Upi, "a UPI address 'name@provider'"))
{
    private static readonly SearchValues<byte> Name = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"u8);
    private static readonly SearchValues<byte> Provider = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8);

    public override bool Holds(ReadOnlySpan<byte> text, in Cell cell)
    {
        var at = text.IndexOf((byte)'@');
        return at is >= 2 and <= 256
            && !text[..at].ContainsAnyExcept(Name)
            && text[(at + 1)..] is { Length: >= 2 and <= 64 } provider
            && provider[0] > '9'
            && !provider.ContainsAnyExcept(Provider);
    }
}
