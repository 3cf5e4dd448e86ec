namespace RetailLake.Local.Demo.Files;

/// <summary>
/// POSLog 6.0, indented: the line's number comes behind its content, voids are <c>CancelFlag</c>, returns are sales of a negative quantity and a positive amount,
/// money has its currency, times have seven digits and an offset, and the day stands behind the bill.
/// </summary>
internal sealed class PosLogV6(bool isLarge) : PosLogShape(isLarge)
{
    private int number;

    public override void Begin(FileWriter to) => to.Raw(
        """
        <?xml version="1.0" encoding="utf-8" standalone="no"?>
        <POSLog xmlns="http://www.nrf-arts.org/IXRetail/namespace/" xmlns:r10Ex="urn:example:till:extensions" FixVersion="1" MajorVersion="6" MinorVersion="0">

        """u8);

    public override void Write(FileWriter to, FilePart part, Bill bill, PosLogTables tables)
    {
        number = 0;
        to.Raw(bill.Kind == BillKind.Training ? "  <Transaction TrainingModeFlag=\"true\" MajorVersion=\"6\" MinorVersion=\"0\">\n"u8 : "  <Transaction MajorVersion=\"6\" MinorVersion=\"0\">\n"u8);
        to.Raw("    <BusinessUnit>\n      <UnitID Name=\"Harvest &amp; Home\" TypeCode=\"RetailStore\">"u8).Number(part.Store.Id).Raw("</UnitID>\n    </BusinessUnit>\n    <WorkstationID TypeCode=\"POS\">"u8);
        to.Number(bill.Workstation).Raw("</WorkstationID>\n    <SequenceNumber>"u8).Number(bill.Sequence).Raw("</SequenceNumber>\n    <TransactionID>"u8);
        to.Digits(part.Store.Id, 4).Raw("-"u8).Digits(bill.Workstation, 4).Raw("-"u8).Compact(part.Day).Raw("-"u8).Digits(bill.Sequence, 4);
        to.Raw("</TransactionID>\n    <OperatorID OperatorName=\""u8).Raw(FilePeople.Latin[bill.Cashier].Xml).Raw("\" OperatorType=\"Cashier\">"u8).Number(bill.Cashier + 100).Raw("</OperatorID>\n"u8);
        if (IsLarge && bill.IsRetail)
        {
            to.Raw("    <ReceiptImage r10Ex:ReceiptFormat=\"RDR\">\n      <ReceiptLine>"u8).Raw(Receipt.Escaped).Raw("</ReceiptLine>\n    </ReceiptImage>\n"u8);
        }

        if (bill.IsRetail)
        {
            Retail(to, part, bill, tables);
        }
        else
        {
            Control(to, bill, tables);
        }

        to.Raw("    <BusinessDayDate>"u8).Iso(part.Day).Raw("</BusinessDayDate>\n    <BeginDateTime>"u8).Precise(bill.BeganAt).Raw("</BeginDateTime>\n    <EndDateTime>"u8);
        to.Precise(bill.EndedAt).Raw("</EndDateTime>\n  </Transaction>\n"u8);
    }

    private static void Control(FileWriter to, Bill bill, PosLogTables tables)
    {
        if (bill.Kind == BillKind.TillPickup)
        {
            to.Raw("    <TenderControlTransaction>\n      <TenderPickup>\n        <Amount Currency=\"INR\">"u8).Money(bill.Rest.Between(1, 40) * 500_00);
            to.Raw("</Amount>\n      </TenderPickup>\n    </TenderControlTransaction>\n"u8);
            tables.Skip("TenderControlTransaction");
            return;
        }

        to.Raw("    <ControlTransaction>\n      <"u8).Raw(bill.Kind == BillKind.SignOn ? "OperatorSignOn>\n        <CloseBusinessDayDate/>\n      </OperatorSignOn"u8 : "NoSale>\n        <DrawerID>1</DrawerID>\n      </NoSale"u8);
        to.Raw(">\n    </ControlTransaction>\n"u8);
        tables.Skip("ControlTransaction");
    }

    private void Retail(FileWriter to, FilePart part, Bill bill, PosLogTables tables)
    {
        to.Raw("    <RetailTransaction TransactionStatus=\""u8).Raw(bill.Kind switch { BillKind.PostVoid => "PostVoided"u8, BillKind.Suspended => "Suspended"u8, _ => "Finished"u8 }).Raw("\">\n"u8);
        for (var line = 0; line < bill.LineCount; line++)
        {
            Line(to, bill, line, tables);
        }

        for (var tender = 0; tender < bill.TenderCount; tender++)
        {
            Tender(to, bill, bill.Tenders[tender], tables);
        }

        for (var tax = 0; tax < bill.TaxCount; tax++)
        {
            to.Raw("      <LineItem>\n"u8);
            Tax(to, "        "u8, "CGST"u8, bill.Taxes[tax].Rate, bill.Taxes[tax].Taxable, bill.Taxes[tax].Half, 1);
            Tax(to, "        "u8, "SGST"u8, bill.Taxes[tax].Rate, bill.Taxes[tax].Taxable, bill.Taxes[tax].Half, 2);
            EndItem(to);
            tables.Taxes.Add(Of(bill), bill.Taxes[tax].Taxable, bill.Taxes[tax].Half);
            tables.Taxes.Add(Of(bill), bill.Taxes[tax].Taxable, bill.Taxes[tax].Half);
        }

        Totals(to, bill);
        if (bill.Kind == BillKind.PostVoid)
        {
            to.Raw("      <TransactionLink ReasonCode=\"VoidedTransaction\">\n        <SequenceNumber>"u8).Number(Math.Max(1, bill.Sequence - 1)).Raw("</SequenceNumber>\n        <BusinessDayDate>"u8);
            to.Iso(part.Day).Raw("</BusinessDayDate>\n      </TransactionLink>\n"u8);
        }

        if (bill.HasCustomer)
        {
            to.Raw("      <Customer>\n        <CustomerID>"u8).Number(bill.Rest.Between(1, 100_000)).Raw("</CustomerID>\n        <Name>"u8).Raw(FilePeople.Any(ref bill.Rest).Xml);
            to.Raw("</Name>\n        <TelephoneNumber>"u8).Mobile(ref bill.Rest).Raw("</TelephoneNumber>\n        <BirthYear>1964Z</BirthYear>\n      </Customer>\n"u8);
        }

        to.Raw("    </RetailTransaction>\n"u8);
        tables.Transactions.Add(OfTransaction(bill), Counted(bill.Dirt == Bill.CurrencyInTotal, bill.Grand), bill.Tax);
    }

    private void EndItem(FileWriter to) => to.Raw("        <SequenceNumber>"u8).Number(++number).Raw("</SequenceNumber>\n      </LineItem>\n"u8);

    private void Line(FileWriter to, Bill bill, int index, PosLogTables tables)
    {
        ref readonly var line = ref bill.Lines[index];
        var article = line.Article;
        var quantity = line.IsReturn ? -line.Sold.Quantity : line.Sold.Quantity;
        to.Raw("      <LineItem"u8).Raw(line.IsVoid ? " CancelFlag=\"true\""u8 : ""u8).Raw(line.IsKeyed ? " EntryMethod=\"Keyed\">\n"u8 : " EntryMethod=\"Scanned\">\n"u8);
        to.Raw("        <Sale ItemType=\"Stock\">\n          <POSIdentity POSIDType=\"EAN\">\n            <POSItemID>"u8).Raw(article.Ean).Raw("</POSItemID>\n          </POSIdentity>\n          <ItemID Type=\"SKU\">"u8);
        to.Number(article.Product.Id).Raw("</ItemID>\n          <MerchandiseHierarchy ID=\"HSN\">"u8).Raw(article.Hsn).Raw("</MerchandiseHierarchy>\n          <Description>"u8).Raw(article.Name.Xml);
        to.Raw("</Description>\n          <RegularSalesUnitPrice Currency=\"INR\">"u8).Money(article.Product.Price).Raw("</RegularSalesUnitPrice>\n          <ActualSalesUnitPrice Currency=\"INR\">"u8);
        to.Money(article.Product.Price).Raw("</ActualSalesUnitPrice>\n          <ExtendedAmount Currency=\"INR\">"u8);
        Amount(to, bill, index, line.Gross).Raw("</ExtendedAmount>\n          <Quantity UnitOfMeasureCode=\""u8).Raw(article.Uom).Raw("\" Units=\""u8).Raw(article.IsWeighed ? "1"u8 : "0.00"u8).Raw("\">"u8);
        Quantity(to, bill, index, quantity).Raw("</Quantity>\n"u8);
        if (line.Sold.Discount > 0)
        {
            to.Raw("          <RetailPriceModifier MethodCode=\"PriceRule\">\n            <SequenceNumber>1</SequenceNumber>\n            <Amount Currency=\"INR\" Action=\"Subtract\">"u8).Money(line.Sold.Discount);
            to.Raw("</Amount>\n            <PromotionID>FESTIVE25</PromotionID>\n          </RetailPriceModifier>\n"u8);
            tables.Discounts.Add(Of(bill), line.Sold.Discount);
        }

        Tax(to, "          "u8, "GST"u8, 2 * article.Product.Rate, line.Sold.Taxable, 2 * line.Sold.HalfTax, 1);
        tables.Taxes.Add(Of(bill), line.Sold.Taxable, 2 * line.Sold.HalfTax);
        to.Raw("        </Sale>\n"u8);
        EndItem(to);
        tables.Lines.Add(
            OfLine(bill, index),
            Counted(index == 0 && bill.Dirt == Bill.UnitInQuantity, quantity), Counted(index == 0 && bill.Dirt == Bill.CommaInAmount, line.Gross));
    }

    private static void Tax(FileWriter to, ReadOnlySpan<byte> indent, ReadOnlySpan<byte> authority, int rate, long taxable, long amount, int sequence)
    {
        to.Raw(indent).Raw("<Tax TaxType=\"GST\"><SequenceNumber>"u8).Number(sequence).Raw("</SequenceNumber><TaxAuthority>"u8).Raw(authority);
        to.Raw("</TaxAuthority><TaxableAmount Currency=\"INR\" TaxIncludedInTaxableAmountFlag=\"false\">"u8).Money(taxable).Raw("</TaxableAmount><Amount Currency=\"INR\">"u8);
        to.Money(amount).Raw("</Amount><Percent>"u8).Scaled(rate * 50L, 4).Raw("</Percent></Tax>\n"u8);
    }

    private void Tender(FileWriter to, Bill bill, in BillTender tender, PosLogTables tables)
    {
        to.Raw("      <LineItem>\n        <Tender TenderType=\""u8).Raw(TenderType(tender.Kind)).Raw(bill.Grand < 0 ? "\" TypeCode=\"Refund\">\n          <Amount Currency=\"INR\">"u8 : "\" TypeCode=\"Sale\">\n          <Amount Currency=\"INR\">"u8);
        to.Money(tender.Amount).Raw("</Amount>\n          <TenderID>"u8).Number((int)tender.Kind + 10).Raw("</TenderID>\n"u8);
        if (tender.Kind is TenderKind.Upi or TenderKind.Card or TenderKind.Wallet)
        {
            to.Raw("          <Authorization><AuthorizationCode>"u8).Digits(bill.Rest.Below(1_000_000), 6).Raw("</AuthorizationCode><ReferenceNumber>"u8).Number(600_000_000_000 + bill.Rest.Below(1_000_000_000));
            to.Raw("</ReferenceNumber></Authorization>\n"u8);
        }

        if (tender.Kind == TenderKind.Card)
        {
            to.Raw("          <CreditDebit CardType=\"Debit\"><PrimaryAccountNumber>"u8).Digits(bill.Rest.Below(10_000), 4).Raw("</PrimaryAccountNumber></CreditDebit>\n"u8);
        }
        else if (tender.Kind == TenderKind.Upi)
        {
            to.Raw("          <CustomerAccount><AccountCode>"u8);
            PayerAddress(to, ref bill.Rest);
            to.Raw("</AccountCode></CustomerAccount>\n"u8);
        }

        if (tender.Change > 0)
        {
            to.Raw("          <TenderChange><TenderType>Cash</TenderType><Amount Currency=\"INR\">"u8).Money(-tender.Change).Raw("</Amount></TenderChange>\n"u8);
        }

        to.Raw("        </Tender>\n"u8);
        EndItem(to);
        tables.Tenders.Add(Of(bill), tender.Amount);
    }

    private static void Totals(FileWriter to, Bill bill)
    {
        to.Raw("      <Total CurrencyCode=\"INR\">"u8).Money(bill.Net).Raw("</Total>\n      <Total CurrencyCode=\"INR\" TotalType=\"TransactionNetAmount\">"u8).Money(bill.Net);
        to.Raw("</Total>\n      <Total CurrencyCode=\"INR\" TotalType=\"TransactionTaxAmount\">"u8).Money(bill.Tax).Raw("</Total>\n      <Total CurrencyCode=\"INR\" TotalType=\"TransactionGrandAmount\">"u8);
        Grand(to, bill).Raw("</Total>\n      <Total TotalType=\"TransactionPurchaseQuantity\">"u8).Quantity(bill.Pieces).Raw("</Total>\n"u8);
    }
}
