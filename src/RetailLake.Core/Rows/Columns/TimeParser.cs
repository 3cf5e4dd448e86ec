namespace RetailLake.Core.Rows.Columns;

/// <summary><c>HH:MM:SS[.f]</c> to microseconds since midnight. MySQL's TIME also holds spans up to <c>838:59:59</c> and negative ones: those are no times of a day.</summary>
internal sealed class TimeParser(int scale) : ValueParser
{
    private static readonly RejectReason NotTime = new(RejectCode.Type, "a time 'HH:MM:SS' from 00:00:00 to below 24:00:00");

    private readonly RejectReason overScale = new(RejectCode.Scale, $"at most {scale} digits of a second's fraction");

    public override RejectReason? Parse(ReadOnlySpan<byte> text, ref Cell cell)
    {
        if (!ClockTime.TryRead(text, out var micros))
        {
            return NotTime;
        }

        cell.Set(micros);
        return ClockTime.FitsScale(micros, scale) ? null : overScale;
    }
}
