using RetailLake.Core.Rows.Columns;

namespace RetailLake.Core.Rows.Forms;

/// <summary>What a pattern's parts have said so far. Whether the date exists is asked of the calendar later.</summary>
internal struct WrittenTime
{
    private int hour;
    private int minute;
    private int second;
    private long fraction;

    public int Year { get; private set; }

    public int Month { get; private set; }

    public int Day { get; private set; }

    public bool HasOffset { get; private set; }

    public int OffsetMinutes { get; private set; }

    public readonly bool IsClockTime => hour <= 23 && minute <= 59 && second <= 59;

    public readonly long Micros => (((hour * 3600) + (minute * 60) + second) * ClockTime.MicrosPerSecond) + fraction;

    private static ReadOnlySpan<byte> MonthNames => "janfebmaraprmayjunjulaugsepoctnovdec"u8;

    /// <summary>Takes the token's part from the start of the value.</summary>
    public bool TryTake(in TimeToken token, ref ReadOnlySpan<byte> value)
    {
        switch (token.Part)
        {
            case TimePart.Literal:
                var stands = value.StartsWith(token.Text);
                value = stands ? value[token.Text.Length..] : value;
                return stands;
            case TimePart.MonthName:
                return TryTakeMonthName(ref value);
            case TimePart.Fraction:
                return TryTakeFraction(token.Digits, ref value);
            case TimePart.OptionalFraction:
                return TryTakeOptionalFraction(token.Digits, ref value);
            case TimePart.Utc:
                return TryTakeUtc(ref value);
            case TimePart.Offset:
                return TryTakeOffset(ref value);
            case TimePart.OffsetOrUtc:
                return value.IsEmpty || (value is [(byte)'Z', ..] ? TryTakeUtc(ref value) : TryTakeOffset(ref value));
            default:
                return TryTakeNumber(token.Part, token.Digits, ref value);
        }
    }

    private bool TryTakeNumber(TimePart part, int digits, ref ReadOnlySpan<byte> value)
    {
        if (value.Length < digits || !Digits.TryRead(value[..digits], out var number))
        {
            return false;
        }

        value = value[digits..];
        switch (part)
        {
            case TimePart.Year:
                Year = (int)number;
                return true;
            case TimePart.Month:
                Month = (int)number;
                return true;
            case TimePart.Day:
                Day = (int)number;
                return true;
            case TimePart.Hour:
                hour = (int)number;
                return true;
            case TimePart.Minute:
                minute = (int)number;
                return true;
            default:
                second = (int)number;
                return true;
        }
    }

    private bool TryTakeMonthName(ref ReadOnlySpan<byte> value)
    {
        if (value.Length < 3)
        {
            return false;
        }

        ReadOnlySpan<byte> name = [(byte)(value[0] | 0x20), (byte)(value[1] | 0x20), (byte)(value[2] | 0x20)];
        value = value[3..];
        for (var month = 1; month <= 12; month++)
        {
            if (name.SequenceEqual(MonthNames.Slice((month - 1) * 3, 3)))
            {
                Month = month;
                return true;
            }
        }

        return false;
    }

    /// <summary>Microseconds are all the lake has: of seven digits that the sender always writes the last must be zero.</summary>
    private bool TryTakeFraction(int digits, ref ReadOnlySpan<byte> value)
    {
        if (value.Length < digits || !Digits.TryRead(value[..digits], out var number))
        {
            return false;
        }

        value = value[digits..];
        if (digits > 6)
        {
            fraction = (long)(number / PowersOfTen.Small[digits - 6]);
            return number % PowersOfTen.Small[digits - 6] == 0;
        }

        fraction = (long)(number * PowersOfTen.Small[6 - digits]);
        return true;
    }

    private bool TryTakeOptionalFraction(int most, ref ReadOnlySpan<byte> value)
    {
        if (value is not [(byte)'.', ..])
        {
            return true;
        }

        value = value[1..];
        var end = value.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = end < 0 ? value.Length : end;
        if (digits <= 6 || digits > most)
        {
            return digits > 0 && digits <= most && TryTakeFraction(digits, ref value);
        }

        // Ticks of a till's clock: 100 ns are no part of when a bill was paid.
        var taken = TryTakeFraction(6, ref value);
        value = value[(digits - 6)..];
        return taken;
    }

    private bool TryTakeUtc(ref ReadOnlySpan<byte> value)
    {
        HasOffset = value is [(byte)'Z', ..];
        value = HasOffset ? value[1..] : value;
        return HasOffset;
    }

    private bool TryTakeOffset(ref ReadOnlySpan<byte> value)
    {
        if (value is not [(byte)'+' or (byte)'-', _, _, (byte)':', _, _, ..] || !Digits.TryReadTwo(value, 1, out var hours)
            || !Digits.TryReadTwo(value, 4, out var minutes) || minutes > 59 || (hours * 60) + minutes > 14 * 60)
        {
            return false;
        }

        (HasOffset, OffsetMinutes) = (true, (value[0] == '-' ? -1 : 1) * ((hours * 60) + minutes));
        value = value[6..];
        return true;
    }
}
