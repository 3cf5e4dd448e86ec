namespace RetailLake.Local.Demo.Files;

/// <summary>How one vendor writes a POSLog. Each writes what a bill has and counts it, element by element.</summary>
internal abstract class PosLogShape(bool isLarge)
{
    /// <summary>Code of a value that is not written as the contract has it.</summary>
    public const string Unreadable = "type";

    protected bool IsLarge => isLarge;

    protected ReceiptText Receipt { get; } = new();

    public abstract void Begin(FileWriter to);

    public abstract void Write(FileWriter to, FilePart part, Bill bill, PosLogTables tables);

    public static void End(FileWriter to) => to.Raw("</POSLog>\n"u8);

    /// <summary>The reason of a row that is right, in a bill that may not be.</summary>
    protected static string? Of(Bill bill) => bill.Dirt < 0 ? null : PlantedTable.UnitRejected;

    protected static string? OfTransaction(Bill bill) => bill.Dirt == Bill.CurrencyInTotal ? Unreadable : Of(bill);

    protected static string? OfLine(Bill bill, int number) => number == 0 && bill.Dirt is (Bill.CommaInAmount or Bill.UnitInQuantity) ? Unreadable : Of(bill);

    /// <summary>An amount of a line, with a comma in it when the bill's dirt is that.</summary>
    protected static FileWriter Amount(FileWriter to, Bill bill, int number, long paise)
    {
        if (number > 0 || bill.Dirt != Bill.CommaInAmount)
        {
            return to.Money(paise);
        }

        return to.Number(paise / 100_000).Raw(","u8).Digits(paise / 100, 3).Raw("."u8).Digits(paise, 2);
    }

    protected static FileWriter Quantity(FileWriter to, Bill bill, int number, long milli) =>
        to.Quantity(milli).Raw(number == 0 && bill.Dirt == Bill.UnitInQuantity ? " pcs"u8 : ""u8);

    protected static FileWriter Grand(FileWriter to, Bill bill) => to.Raw(bill.Dirt == Bill.CurrencyInTotal ? "INR "u8 : ""u8).Money(bill.Grand);

    protected static long Counted(bool isUnreadable, long value) => isUnreadable ? 0 : value;

    protected static ReadOnlySpan<byte> TenderType(TenderKind kind) => kind switch
    {
        TenderKind.Upi => "X:UPI"u8,
        TenderKind.Card => "CreditDebit"u8,
        TenderKind.Cash => "Cash"u8,
        TenderKind.Wallet => "Mobile"u8,
        _ => "GiftCard"u8,
    };

    /// <summary>A payer's address and the bank's reference, as UPI has them.</summary>
    protected static void PayerAddress(FileWriter to, ref Draw draw) =>
        to.Raw(draw.Of(FilePeople.First).Utf8).Number(draw.Below(9_999)).Raw("@"u8).Raw(draw.Of(FilePeople.Handles).Utf8);
}
