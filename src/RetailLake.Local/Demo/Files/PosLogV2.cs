namespace RetailLake.Local.Demo.Files;

/// <summary>
/// POSLog 2.x on one long line: the line's number comes first, voids are <c>VoidFlag</c>, returns are <c>Return</c>, money is bare, times have no offset.
/// </summary>
internal sealed class PosLogV2(bool isLarge) : PosLogShape(isLarge)
{
    private int number;

    public override void Begin(FileWriter to) => to.Raw(
        """<POSLog xmlns="http://www.nrf-arts.org/IXRetail/namespace/" xmlns:acs="urn:example:till:poslog" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">"""u8);

    public override void Write(FileWriter to, FilePart part, Bill bill, PosLogTables tables)
    {
        number = 0;
        to.Raw(bill.Kind == BillKind.Training ? "<Transaction TrainingModeFlag=\"true\"><RetailStoreID>"u8 : "<Transaction><RetailStoreID>"u8).Number(part.Store.Id);
        to.Raw("</RetailStoreID><WorkstationID>"u8).Number(bill.Workstation).Raw("</WorkstationID><SequenceNumber>"u8).Number(bill.Sequence);
        to.Raw("</SequenceNumber><BusinessDayDate>"u8).Iso(part.Day).Raw("</BusinessDayDate><BeginDateTime>"u8).Iso(bill.BeganAt);
        to.Raw("</BeginDateTime><EndDateTime>"u8).Iso(bill.EndedAt).Raw("</EndDateTime><OperatorID OperatorName=\""u8).Raw(FilePeople.Latin[bill.Cashier].Xml);
        to.Raw("\">"u8).Number(bill.Cashier + 100).Raw("</OperatorID><CurrencyCode>INR</CurrencyCode>"u8);
        if (bill.IsRetail)
        {
            Retail(to, part, bill, tables);
        }
        else
        {
            Control(to, bill, tables);
        }

        to.Raw("</Transaction>"u8);
    }

    private static void Control(FileWriter to, Bill bill, PosLogTables tables)
    {
        if (bill.Kind == BillKind.TillPickup)
        {
            to.Raw("<TenderControlTransaction Version=\"2.1\"><TenderPickup><Tender TenderType=\"Cash\"><Amount>"u8).Money(bill.Rest.Between(1, 40) * 500_00);
            to.Raw("</Amount></Tender></TenderPickup></TenderControlTransaction>"u8);
            tables.Skip("TenderControlTransaction");
            return;
        }

        to.Raw("<ControlTransaction Version=\"2.1\"><ReasonCode>"u8).Raw(bill.Kind == BillKind.SignOn ? "Valid SignOn</ReasonCode><OperatorSignOn><StartDateTimestamp>"u8 : "No Sale</ReasonCode><NoSale><StartDateTimestamp>"u8);
        to.Iso(bill.BeganAt).Raw(bill.Kind == BillKind.SignOn ? "</StartDateTimestamp></OperatorSignOn></ControlTransaction>"u8 : "</StartDateTimestamp></NoSale></ControlTransaction>"u8);
        tables.Skip("ControlTransaction");
    }

    private void Retail(FileWriter to, FilePart part, Bill bill, PosLogTables tables)
    {
        to.Raw("<RetailTransaction Version=\"2.1\""u8).Raw(bill.Kind switch
        {
            BillKind.PostVoid => " TransactionStatus=\"PostVoided\">"u8,
            BillKind.Suspended => " TransactionStatus=\"Suspended\">"u8,
            _ => ">"u8,
        });
        to.Raw("<ReceiptDateTime>"u8).Iso(bill.EndedAt).Raw("</ReceiptDateTime><TransactionCount>"u8).Number(bill.Sequence).Raw("</TransactionCount>"u8);
        for (var line = 0; line < bill.LineCount; line++)
        {
            Line(to, bill, line, tables);
        }

        Noise(to, bill, tables);
        for (var tax = 0; tax < bill.TaxCount; tax++)
        {
            Tax(to, bill, bill.Taxes[tax], "CGST"u8, tables);
            Tax(to, bill, bill.Taxes[tax], "SGST"u8, tables);
        }

        for (var tender = 0; tender < bill.TenderCount; tender++)
        {
            Tender(to, bill, bill.Tenders[tender], tables);
        }

        Totals(to, bill);
        Customer(to, bill);
        if (bill.Kind == BillKind.PostVoid)
        {
            to.Raw("<TransactionLink ReasonCode=\"PostVoid\" EntryMethod=\"Keyed\"><RetailStoreID>"u8).Number(part.Store.Id).Raw("</RetailStoreID><WorkstationID>"u8).Number(bill.Workstation);
            to.Raw("</WorkstationID><SequenceNumber>"u8).Number(Math.Max(1, bill.Sequence - 1)).Raw("</SequenceNumber><BusinessDayDate>"u8).Iso(part.Day).Raw("</BusinessDayDate></TransactionLink>"u8);
        }

        to.Raw("<ItemCount>"u8).Number(bill.LineCount).Raw("</ItemCount><PerformanceMetrics><RingTime>12</RingTime><IdleTime>3</IdleTime><TenderTime>9</TenderTime></PerformanceMetrics></RetailTransaction>"u8);
        tables.Transactions.Add(OfTransaction(bill), Counted(bill.Dirt == Bill.CurrencyInTotal, bill.Grand), bill.Tax);
    }

    private FileWriter Item(FileWriter to, ReadOnlySpan<byte> attributes) =>
        to.Raw("<LineItem"u8).Raw(attributes).Raw("><SequenceNumber>"u8).Number(++number).Raw("</SequenceNumber>"u8);

    private void Line(FileWriter to, Bill bill, int index, PosLogTables tables)
    {
        ref readonly var line = ref bill.Lines[index];
        var article = line.Article;
        Item(to, (line.IsVoid, line.IsKeyed) switch
        {
            (true, _) => " VoidFlag=\"true\" EntryMethod=\"Keyed\""u8,
            (_, true) => " EntryMethod=\"Keyed\""u8,
            _ => article.IsWeighed ? " EntryMethod=\"Scanned\" acs:weightItem=\"true\""u8 : " EntryMethod=\"Scanned\""u8,
        });
        to.Raw(line.IsReturn ? "<Return ItemType=\"Stock\"><POSIdentity POSIDType=\"GTIN\"><POSItemID>"u8 : "<Sale ItemType=\"Stock\"><POSIdentity POSIDType=\"GTIN\"><POSItemID>"u8);
        to.Raw(article.Ean).Raw("</POSItemID></POSIdentity><ItemID>"u8).Number(article.Product.Id).Raw("</ItemID><MerchandiseHierarchy Level=\"Department\">"u8);
        to.Number(article.Product.Goods.DepartmentId).Raw("</MerchandiseHierarchy><Description>"u8).Raw(article.Name.Xml).Raw("</Description><RegularSalesUnitPrice>"u8);
        to.Money(article.Product.Price).Raw("</RegularSalesUnitPrice><ActualSalesUnitPrice>"u8).Money(article.Product.Price).Raw("</ActualSalesUnitPrice><ExtendedAmount>"u8);
        Amount(to, bill, index, line.Gross).Raw("</ExtendedAmount><DiscountAmount>"u8).Money(line.Sold.Discount).Raw("</DiscountAmount><Quantity UnitOfMeasureCode=\""u8).Raw(article.Uom).Raw("\">"u8);
        Quantity(to, bill, index, line.Sold.Quantity).Raw("</Quantity>"u8);
        if (line.Sold.Discount > 0)
        {
            to.Raw("<RetailPriceModifier MethodCode=\"Promotion\"><SequenceNumber>1</SequenceNumber><Amount Action=\"Subtract\">"u8).Money(line.Sold.Discount);
            to.Raw("</Amount><PromotionID>FESTIVE25</PromotionID></RetailPriceModifier>"u8);
            tables.Discounts.Add(Of(bill), line.Sold.Discount);
        }

        to.Raw("<acs:HSN>"u8).Raw(article.Hsn).Raw("</acs:HSN>"u8).Raw(line.IsReturn ? "</Return></LineItem>"u8 : "</Sale></LineItem>"u8);
        tables.Lines.Add(
            OfLine(bill, index),
            Counted(index == 0 && bill.Dirt == Bill.UnitInQuantity, line.Sold.Quantity), Counted(index == 0 && bill.Dirt == Bill.CommaInAmount, line.Gross));
    }

    /// <summary>Line items with no money, and the text of the receipt.</summary>
    private void Noise(FileWriter to, Bill bill, PosLogTables tables)
    {
        if (bill.HasCustomer)
        {
            Item(to, " EntryMethod=\"acs:Auto\""u8).Raw("<acs:LoyaltyMembership><acs:LoyaltyID Type=\"Membership\">"u8).Digits(bill.Rest.Below(99_999_999), 16).Raw("</acs:LoyaltyID></acs:LoyaltyMembership></LineItem>"u8);
            Item(to, " EntryMethod=\"acs:Auto\""u8).Raw("<LoyaltyReward acs:detailedData=\"true\"><PromotionID>1027</PromotionID><ReasonCode>0</ReasonCode><acs:RewardLevel>Transaction</acs:RewardLevel></LoyaltyReward></LineItem>"u8);
            tables.Discounts.Add(Of(bill), 0);
        }

        if (IsLarge)
        {
            Item(to, ""u8).Raw("<acs:ReceiptText><![CDATA["u8).Raw(Receipt.Section).Raw("]]></acs:ReceiptText></LineItem>"u8);
        }
    }

    private void Tax(FileWriter to, Bill bill, in BillTax tax, ReadOnlySpan<byte> authority, PosLogTables tables)
    {
        Item(to, ""u8).Raw("<Tax TaxType=\"GST\"><TaxAuthority>"u8).Raw(authority).Raw("</TaxAuthority><TaxableAmount>"u8).Money(tax.Taxable);
        to.Raw("</TaxableAmount><Amount>"u8).Money(tax.Half).Raw("</Amount><Percent>"u8).Scaled(tax.Rate * 50L, 4).Raw("</Percent><Reason>Charged</Reason></Tax></LineItem>"u8);
        tables.Taxes.Add(Of(bill), tax.Taxable, tax.Half);
    }

    private void Tender(FileWriter to, Bill bill, in BillTender tender, PosLogTables tables)
    {
        Item(to, tender.Kind == TenderKind.Card ? " EntryMethod=\"MSR\""u8 : ""u8).Raw("<Tender TenderType=\""u8).Raw(TenderType(tender.Kind));
        to.Raw(bill.Grand < 0 ? "\" TypeCode=\"Refund\"><TenderID>"u8 : "\" TypeCode=\"Sale\"><TenderID>"u8).Number((int)tender.Kind + 10).Raw("</TenderID><Amount>"u8).Money(tender.Amount).Raw("</Amount>"u8);
        if (tender.Kind is TenderKind.Upi or TenderKind.Card or TenderKind.Wallet)
        {
            to.Raw("<Authorization HostAuthorized=\"true\"><RequestedAmount>"u8).Money(tender.Amount).Raw("</RequestedAmount><AuthorizationCode>"u8).Digits(bill.Rest.Below(1_000_000), 6);
            to.Raw("</AuthorizationCode><ReferenceNumber>"u8).Number(600_000_000_000 + bill.Rest.Below(1_000_000_000)).Raw("</ReferenceNumber><AuthorizationDateTime>"u8).Iso(bill.EndedAt).Raw("</AuthorizationDateTime></Authorization>"u8);
        }

        if (tender.Kind == TenderKind.Card)
        {
            to.Raw("<CreditDebit CardType=\"Credit\"><PrimaryAccountNumber>"u8).Digits(bill.Rest.Below(10_000), 4).Raw("</PrimaryAccountNumber></CreditDebit>"u8);
        }
        else if (tender.Kind == TenderKind.Upi)
        {
            to.Raw("<CustomerAccount><AccountCode>"u8);
            PayerAddress(to, ref bill.Rest);
            to.Raw("</AccountCode></CustomerAccount>"u8);
        }

        if (tender.Change > 0)
        {
            to.Raw("<TenderChange><Amount>"u8).Money(-tender.Change).Raw("</Amount></TenderChange>"u8);
        }

        to.Raw("</Tender></LineItem>"u8);
        tables.Tenders.Add(Of(bill), tender.Amount);
    }

    private static void Totals(FileWriter to, Bill bill)
    {
        to.Raw("<Total TotalType=\"TransactionGrossAmount\">"u8).Money(bill.Net + bill.Discount).Raw("</Total><Total TotalType=\"TransactionNetAmount\">"u8).Money(bill.Net);
        to.Raw("</Total><Total TotalType=\"TransactionTaxAmount\">"u8).Money(bill.Tax).Raw("</Total><Total TotalType=\"TransactionGrandAmount\">"u8);
        Grand(to, bill).Raw("</Total><Total TotalType=\"X:RoundingAmount\">"u8).Money(bill.Grand - bill.Net).Raw("</Total>"u8);
    }

    private static void Customer(FileWriter to, Bill bill)
    {
        if (bill.HasCustomer)
        {
            to.Raw("<Customer><CustomerID>"u8).Number(bill.Rest.Between(1, 100_000)).Raw("</CustomerID><Name>"u8).Raw(FilePeople.Any(ref bill.Rest).Xml).Raw("</Name><TelephoneNumber>"u8);
            to.Mobile(ref bill.Rest).Raw("</TelephoneNumber><BirthYear>1964Z</BirthYear></Customer>"u8);
        }
    }
}
