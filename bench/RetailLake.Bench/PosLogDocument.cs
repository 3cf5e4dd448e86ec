using System.Globalization;
using System.Text;

namespace RetailLake.Bench;

/// <summary>
/// POSLog documents with the shape of real ones: twelve lines a receipt, its loyalty rewards and totals, about 18 KB a transaction; or lean ones
/// with nothing but lines, tender and tax, about 5 KB.
/// </summary>
internal static class PosLogDocument
{
    public static byte[] Create(int megabytes, bool isLean)
    {
        using var document = new MemoryStream(megabytes * 1_050_000);
        Write(document, megabytes, isLean, 17);
        return document.ToArray();
    }

    /// <param name="seed">Other seeds, other amounts and items.</param>
    public static void Write(Stream document, int megabytes, bool isLean, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        var written = 0L;
        document.Write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<POSLog xmlns=\"http://www.nrf-arts.org/IXRetail/namespace/\" xmlns:acs=\"http://www.example.com/till\">\n"u8);
        for (var number = 1; written < megabytes * 1_000_000L; number++)
        {
            text.Clear();
            Transaction(text, random, number, isLean);
            var bytes = Encoding.UTF8.GetBytes(text.ToString());
            document.Write(bytes);
            written += bytes.Length;
        }

        document.Write("</POSLog>\n"u8);
    }

    private static void Transaction(StringBuilder text, Random random, int number, bool isLean)
    {
        Append(text, $"<Transaction><RetailStoreID>9</RetailStoreID><WorkstationID>{number % 40}</WorkstationID><SequenceNumber>{number}</SequenceNumber>");
        Append(text, $"<BusinessDayDate>2026-11-21</BusinessDayDate><EndDateTime>2026-11-21T09:30:00</EndDateTime><OperatorID OperatorName=\"FL 34\">94</OperatorID>");
        Append(text, $"<CurrencyCode>INR</CurrencyCode><RetailTransaction Version=\"2.1\"><ReceiptDateTime>2026-11-21T09:30:00</ReceiptDateTime>");
        var total = 0;
        var line = 0;
        for (var item = 0; item < 12; item++)
        {
            var amount = random.Next(100, 99_999);
            total += amount;
            Line(text, random, ++line, amount);
            if (!isLean)
            {
                Reward(text, random, ++line);
            }
        }

        Append(text, $"<LineItem><SequenceNumber>{++line}</SequenceNumber><Tender TenderType=\"Cash\" TypeCode=\"Sale\"><TenderID>1</TenderID><Amount>{Money(total)}</Amount></Tender></LineItem>");
        Append(text, $"<LineItem><SequenceNumber>{++line}</SequenceNumber><Tax><TaxableAmount>{Money(total)}</TaxableAmount><Amount>{Money(total / 20)}</Amount><Percent>5</Percent></Tax></LineItem>");
        Append(text, $"<Total TotalType=\"TransactionGrandAmount\">{Money(total)}</Total><Total TotalType=\"acs:GrossPositive\">{Money(total)}</Total>");
        Append(text, $"<Total TotalType=\"TransactionTaxAmount\">{Money(total / 20)}</Total></RetailTransaction></Transaction>\n");
    }

    private static void Line(StringBuilder text, Random random, int line, int amount)
    {
        var item = random.Next(100_000, 999_999);
        Append(text, $"<LineItem EntryMethod=\"Keyed\" acs:weightItem=\"true\"><SequenceNumber>{line}</SequenceNumber><Sale ItemType=\"Stock\"><POSIdentity POSIDType=\"GTIN\">");
        Append(text, $"<POSItemID>00000000{item}</POSItemID><Qualifier>6</Qualifier></POSIdentity><ItemID>00000000{item}</ItemID>");
        Append(text, $"<MerchandiseHierarchy Level=\"Department\" acs:DepartmentDescription=\"Department6\">6</MerchandiseHierarchy><Description>APPLE &amp; PEAR {item}</Description>");
        Append(text, $"<RegularSalesUnitPrice>{Money(amount)}</RegularSalesUnitPrice><ExtendedAmount>{Money(amount)}</ExtendedAmount><DiscountAmount>0.00</DiscountAmount><Quantity>1</Quantity></Sale></LineItem>");
    }

    private static void Reward(StringBuilder text, Random random, int line)
    {
        Append(text, $"<LineItem EntryMethod=\"acs:Auto\"><SequenceNumber>{line}</SequenceNumber><LoyaltyReward acs:membershipRequired=\"true\" acs:detailedData=\"true\"><PromotionID>{random.Next(9_999)}</PromotionID>");
        Append(text, $"<EventID>1</EventID><ReasonCode>0</ReasonCode><acs:RewardLevel>Item</acs:RewardLevel><acs:RewardCategory>CustomOffer</acs:RewardCategory><acs:Itemizers>0</acs:Itemizers>");
        Append(text, $"<acs:BaseRewardAmount>1</acs:BaseRewardAmount><acs:ExtendedRewardAmount>1</acs:ExtendedRewardAmount><acs:RewardBasis><acs:QuantityUsed>1</acs:QuantityUsed><acs:AmountUsed>1.26</acs:AmountUsed>");
        Append(text, $"<acs:POSIdentity POSIDType=\"GTIN\"><POSItemID>00000000067591</POSItemID><Qualifier>6</Qualifier></acs:POSIdentity><acs:ItemDescription>APPLE HONEYCRISP ORG</acs:ItemDescription></acs:RewardBasis>");
        Append(text, $"<acs:OperatorSequenceReference>2</acs:OperatorSequenceReference></LoyaltyReward></LineItem>");
    }

    private static string Money(int paise) => string.Create(CultureInfo.InvariantCulture, $"{paise / 100}.{paise % 100:D2}");

    private static void Append(StringBuilder text, FormattableString part) => text.Append(part.ToString(CultureInfo.InvariantCulture));
}
