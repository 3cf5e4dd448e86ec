using System.Security;
using System.Text;

namespace RetailLake.Local.Demo.Files;

/// <summary>What the printer got, kept in the log: the most of its bytes, and none of the lake's business.</summary>
internal sealed class ReceiptText
{
    private const string BeforeText = "<TextObject OutputOptions=\"All\"><TextLine><LinePrintAttributes Align=\"Left\" CPL=\"42\" /><Text Text=\"";
    private const string BehindText = "\"><PrintAttributes /></Text></TextLine></TextObject>";

    private static readonly string[] Texts =
    [
        "        HOUSE OF HARVEST RETAIL        ", "   Tax Invoice / कर चालान   ", "GSTIN 27AAACR4821K1Z5", "Cashier      Till      Bill", "Item                Qty     Rate    Amount",
        "CGST 2.5% & SGST 2.5% included", "You saved < Rs 100 > today", "Thank you! फिर पधारिए", "Exchange within 7 days with bill", "****************************************",
    ];

    /// <summary>For a CDATA section.</summary>
    public byte[] Section { get; } = Encoding.UTF8.GetBytes(Print(rounds: 7));

    /// <summary>Of about the same size, and so fewer lines.</summary>
    public byte[] Escaped { get; } = Encoding.UTF8.GetBytes(SecurityElement.Escape(Print(rounds: 4)));

    private static string Print(int rounds)
    {
        var plain = new StringBuilder("""<OPOSPrint><Documents NumOfDocuments="1" Device="EPSON"><Document CodePage="UTF-8">""");
        for (var round = 0; round < rounds; round++)
        {
            foreach (var text in Texts)
            {
                plain.Append(BeforeText).Append(SecurityElement.Escape(text)).Append(BehindText);
            }
        }

        return plain.Append("</Document></Documents></OPOSPrint>").ToString();
    }
}
