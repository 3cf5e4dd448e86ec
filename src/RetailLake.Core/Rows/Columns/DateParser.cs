using RetailLake.Core.Contracts;

namespace RetailLake.Core.Rows.Columns;

/// <summary><c>YYYY-MM-DD</c> to days since 1970. The policy concerns <c>0000-00-00</c> alone: a date with a zero month or day says something, so it is never made NULL.</summary>
internal sealed class DateParser(ZeroDatePolicy zeroDate) : ValueParser
{
    private static readonly RejectReason NotDate = new(RejectCode.Type, "a date 'YYYY-MM-DD' of the years 1 to 9999");
    private static readonly RejectReason ZeroDate = new(RejectCode.ZeroDate, "a date without zero parts");

    public override RejectReason? Parse(ReadOnlySpan<byte> text, ref Cell cell)
    {
        if (text.Length != 10)
        {
            return NotDate;
        }

        switch (CivilDate.Read(text, out var day))
        {
            case DateForm.Date:
                cell.Set(day - CivilDate.EpochDay);
                return null;
            case DateForm.Zero when zeroDate == ZeroDatePolicy.Null:
                cell.State = CellState.Null;
                return null;
            case DateForm.Zero or DateForm.PartlyZero:
                return ZeroDate;
            default:
                return NotDate;
        }
    }
}
