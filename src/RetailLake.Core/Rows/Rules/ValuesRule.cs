using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Rules;

/// <summary>Text that is one of a list, byte for byte.</summary>
internal sealed class ValuesRule : ValueRule
{
    private readonly byte[][] sorted;

    // When all values are short: length and bytes of each as one number.
    private readonly ulong[]? packed;

    public ValuesRule(IEnumerable<byte[]> values, string expected)
        : base(new RejectReason(RejectCode.Values, expected))
    {
        sorted = [.. values];
        packed = sorted.Length <= 16 && sorted.All(value => value.Length <= 7) ? [.. sorted.Select(value => Pack(value))] : null;
        Array.Sort(sorted, static (left, right) => left.AsSpan().SequenceCompareTo(right));
    }

    public override bool Holds(ReadOnlySpan<byte> text, in Cell cell)
    {
        if (packed is not null)
        {
            return text.Length <= 7 && packed.AsSpan().Contains(Pack(text));
        }

        var (low, high) = (0, sorted.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = text.SequenceCompareTo(sorted[middle]);
            if (order == 0)
            {
                return true;
            }

            (low, high) = order < 0 ? (low, middle - 1) : (middle + 1, high);
        }

        return false;
    }

    private static ulong Pack(ReadOnlySpan<byte> text)
    {
        var value = (ulong)text.Length;
        foreach (var character in text)
        {
            value = (value << 8) | character;
        }

        return value;
    }
}

/// <summary>A number, date or time that is one of a list: <c>5</c> and <c>5.00</c> are the same.</summary>
internal sealed class NumberValuesRule : ValueRule
{
    private readonly Int128[] sorted;

    public NumberValuesRule(IEnumerable<Int128> values, string expected)
        : base(new RejectReason(RejectCode.Values, expected))
    {
        sorted = [.. values];
        Array.Sort(sorted);
    }

    public override bool Holds(ReadOnlySpan<byte> text, in Cell cell) => Array.BinarySearch(sorted, cell.Wide) >= 0;
}
