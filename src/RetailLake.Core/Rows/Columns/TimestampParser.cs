using RetailLake.Core.Contracts;

namespace RetailLake.Core.Rows.Columns;

/// <summary><c>YYYY-MM-DD HH:MM:SS[.f]</c> on the source's wall clock to microseconds since 1970 UTC.</summary>
internal sealed class TimestampParser(ColumnType type, ZeroDatePolicy zeroDate) : ValueParser
{
    private static readonly RejectReason NotTimestamp = new(RejectCode.Type, "a timestamp 'YYYY-MM-DD HH:MM:SS' of the years 1 to 9999");
    private static readonly RejectReason ZeroDate = new(RejectCode.ZeroDate, "a timestamp without a zero date");
    private static readonly RejectReason OutOfRange = new(RejectCode.Range, "a timestamp whose UTC lies in the years 1 to 9999");

    private readonly int scale = type.Scale;
    private readonly WallClock? clock = type.Zone is null ? null : WallClock.Of(type.Zone);
    private readonly RejectReason overScale = new(RejectCode.Scale, $"at most {type.Scale} digits of a second's fraction");
    private readonly RejectReason nonexistent = new(RejectCode.NonexistentTime, $"a time that exists on the clocks of '{type.Zone}'");

    public override RejectReason? Parse(ReadOnlySpan<byte> text, ref Cell cell)
    {
        if (text.Length == TimestampDigits.Length && TimestampDigits.TryRead(text, out var whole, out var seconds))
        {
            return ToUtc(whole, seconds * ClockTime.MicrosPerSecond, ref cell);
        }

        if (text.Length < TimestampDigits.Length || text[10] != ' ' || !ClockTime.TryRead(text[11..], out var micros))
        {
            return NotTimestamp;
        }

        switch (CivilDate.Read(text, out var day))
        {
            case DateForm.Date:
                return ToUtc(day, micros, ref cell) ?? (ClockTime.FitsScale(micros, scale) ? null : overScale);
            case DateForm.Zero when zeroDate == ZeroDatePolicy.Null:
                cell.State = CellState.Null;
                return null;
            case DateForm.Zero or DateForm.PartlyZero:
                return ZeroDate;
            default:
                return NotTimestamp;
        }
    }

    private RejectReason? ToUtc(int day, long micros, ref Cell cell)
    {
        long offset = 0;
        if (clock is not null && !clock.TryOffset(day, micros, out offset))
        {
            return nonexistent;
        }

        var utc = ((day - CivilDate.EpochDay) * ClockTime.MicrosPerDay) + micros - (offset * ClockTime.MicrosPerSecond);
        cell.Set(utc);
        return utc is < -62_135_596_800_000_000 or > 253_402_300_799_999_999 ? OutOfRange : null;
    }
}
