using RetailLake.Core.Contracts;
using static RetailLake.Tests.Xml.XmlFeed;

namespace RetailLake.Tests.Xml;

/// <summary>The POSLog feed, 2.x and 6.0 in one: both shapes are alternatives of the same columns.</summary>
internal static class PosLog
{
    public const string Namespace = "http://www.nrf-arts.org/IXRetail/namespace/";

    private const string Retail = "POSLog/Transaction/RetailTransaction";

    public static Contract Contract(params string[] namespaces) => XmlFeed.Contract("POSLog/Transaction", Tables(), namespaces);

    private static ContractTable[] Tables() =>
    [
        Table("pos_transaction", "POSLog/Transaction[RetailTransaction]",
        [
            .. Key(""),
            Text("transaction_type", "$record"),
            Text("transaction_status", "RetailTransaction/@TransactionStatus"),
            Text("end_at", "EndDateTime | RetailTransaction/ReceiptDateTime"),
            Text("currency", "CurrencyCode | RetailTransaction/Total/@CurrencyCode"),
            Money("grand_amount", "RetailTransaction/Total[@TotalType=TransactionGrandAmount]"),
            Money("tax_amount", "RetailTransaction/Total[@TotalType=TransactionTaxAmount] | RetailTransaction/Total[@TotalType=X:TransactionTaxIncluded]"),
        ]),
        Table("pos_line", $"{Retail}/LineItem[Sale] | {Retail}/LineItem[Return]",
        [
            .. Key("ancestor::Transaction/"),
            Number("line_number", "SequenceNumber"),
            Text("line_type", "$record"),
            Text("is_void", "@VoidFlag | @CancelFlag"),
            Text("item_id", "Sale/ItemID | Return/ItemID | Sale/POSIdentity/POSItemID | Return/POSIdentity/POSItemID"),
            Text("description", "Sale/Description | Return/Description"),
            Money("quantity", "Sale/Quantity | Return/Quantity"),
            Money("unit_price", "Sale/ActualSalesUnitPrice | Sale/RegularSalesUnitPrice | Return/ActualSalesUnitPrice | Return/RegularSalesUnitPrice"),
            Money("extended_amount", "Sale/ExtendedAmount | Return/ExtendedAmount"),
        ]),
        Table("pos_tender", $"{Retail}/LineItem[Tender]",
        [
            .. Key("ancestor::Transaction/"),
            Number("line_number", "SequenceNumber"),
            Text("tender_type", "Tender/@TenderType"),
            Money("amount", "Tender/Amount"),
            Money("change_amount", "Tender/TenderChange/Amount"),
        ]),
        Table("pos_tax", $"{Retail}/LineItem/Tax | {Retail}/LineItem/Sale/Tax | {Retail}/LineItem/Return/Tax",
        [
            .. Key("ancestor::Transaction/"),
            Number("tax_number", "$index"),
            Number("line_number", "ancestor::LineItem/SequenceNumber"),
            Number("item_line_number", "../../SequenceNumber"),
            Money("taxable_amount", "TaxableAmount"),
            Money("amount", "Amount"),
        ]),
        Table("pos_discount", $"{Retail}/LineItem/Discount | {Retail}/LineItem/Sale/RetailPriceModifier | {Retail}/LineItem/Return/RetailPriceModifier | {Retail}/LineItem/LoyaltyReward",
        [
            .. Key("ancestor::Transaction/"),
            Number("discount_number", "$index"),
            Text("discount_type", "$record"),
            Money("amount", "Amount | ExtendedRewardAmount"),
        ]),
    ];

    private static ContractColumn[] Key(string up) =>
    [
        Text("store_id", $"{up}RetailStoreID | {up}BusinessUnit/UnitID"),
        Text("workstation_id", $"{up}WorkstationID"),
        Number("sequence_number", $"{up}SequenceNumber"),
        Text("business_day", $"{up}BusinessDayDate | {up}EndDateTime | {up}BeginDateTime"),
    ];
}
