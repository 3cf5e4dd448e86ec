namespace RetailLake.Local.Demo.Pos;

/// <summary>What a bill, or many, come to. Paise.</summary>
internal readonly record struct TillFigures(long Bills, long Lines, long Tenders, long Gross, long Discount, long Tax, long Net, long LineAmount, long TenderAmount)
{
    public static TillFigures operator +(TillFigures one, TillFigures other) => new(
        one.Bills + other.Bills, one.Lines + other.Lines, one.Tenders + other.Tenders, one.Gross + other.Gross, one.Discount + other.Discount, one.Tax + other.Tax, one.Net + other.Net,
        one.LineAmount + other.LineAmount, one.TenderAmount + other.TenderAmount);

    public static TillFigures operator -(TillFigures one, TillFigures other) => new(
        one.Bills - other.Bills, one.Lines - other.Lines, one.Tenders - other.Tenders, one.Gross - other.Gross, one.Discount - other.Discount, one.Tax - other.Tax, one.Net - other.Net,
        one.LineAmount - other.LineAmount, one.TenderAmount - other.TenderAmount);

    public static TillFigures Of(TillBill bill, int lines)
    {
        TillFigures sum = new(1, lines, 0, 0, 0, 0, 0, 0, 0);
        foreach (var line in bill.Lines.Take(lines))
        {
            sum = sum with { Gross = sum.Gross + line.Gross, Discount = sum.Discount + line.Discount, Tax = sum.Tax + line.Tax, Net = sum.Net + line.Amount };
        }

        return sum with { LineAmount = sum.Net, Tenders = PaidBy(bill, sum.Net).Count, TenderAmount = sum.Net };
    }

    /// <summary>How a bill is paid: a void is not; a dear one sometimes with a voucher first.</summary>
    public static IReadOnlyList<(string Type, long Amount)> PaidBy(TillBill bill, long net)
    {
        if (bill.Kind == TillBillKind.Void)
        {
            return [];
        }

        var type = bill.Tender switch { < 10 => "UPI", < 15 => "CARD", < 19 => "CASH", _ => "WALLET" };
        return net > 500_00 && bill.Tender % 7 == 0 ? [("VOUCHER", net / 400 * 100), (type, net - (net / 400 * 100))] : [(type, net)];
    }
}
