using System.Globalization;

namespace RetailLake.Local.Demo.Files;

/// <summary>CRT: fixed-width records of 140 characters in windows-1252, CRLF, and a 0x1A at the end as DOS programs leave it.</summary>
internal sealed class TillCountFile(FileWorld world) : FileFeed(world)
{
    public const int DirtKinds = 6;
    private const int Negative = 0;
    private const int UnknownTender = 1;
    private const int ShortMobile = 2;
    private const int OddHour = 3;
    private const int NoCashier = 4;
    private const int UnknownStatus = 5;
    private const int Shifts = 3;

    private static readonly byte[][] Tenders = ["CASH"u8.ToArray(), "UPI"u8.ToArray(), "CARD"u8.ToArray(), "WALLET"u8.ToArray(), "GIFT"u8.ToArray(), "CREDITNT"u8.ToArray()];
    private static readonly string?[] Codes = ["range", "values", "phone_in", "format", "required", "format"];

    public override string Contract => "crt.till_count";

    public override bool RenamesRevisions => true;

    protected override DemoTable Table => DemoTable.TillCount;

    public override string NameOf(FilePart part, bool isCopy) => string.Create(
        CultureInfo.InvariantCulture, $"CRT{part.Store.Id:D4}_{part.Day:yyyyMMdd}_{WrittenAt(part):yyyyMMddHHmmss}{(isCopy ? "B" : "")}.DAT");

    public override FileContent Write(Stream output, FilePart part)
    {
        var table = new PlantedTable("till_count", ("bills", 0), ("expected_amount", 2), ("counted_amount", 2), ("difference_amount", 2));
        var (count, bills, counted) = (0L, 0L, 0L);
        using var to = new FileWriter(output);
        to.Raw("H"u8).Digits(part.Store.Id, 4).Compact(part.Day).Compact(WrittenAt(part)).Raw("CRT 2.4   RETAIL CONGLOMERATE LTD\r\n"u8);
        for (var index = 0L; index < part.Rows; index++)
        {
            if (part.Has(index))
            {
                var row = Row(to, part, index, table);
                (count, bills, counted) = (count + 1, bills + row.Bills, counted + row.Counted);
            }
        }

        to.Raw("T"u8).Digits(count + part.TrailerError, 8).Overpunch(counted, 15).Digits(bills, 12).Raw("\r\n\u001A"u8);
        return FileContent.Of(table);
    }

    private static DateTime WrittenAt(FilePart part) => part.Day.ToDateTime(new TimeOnly(22, 40, part.Store.Id % 60)).AddHours(part.Revision);

    private static (int Bills, long Counted) Row(FileWriter to, FilePart part, long index, PlantedTable table)
    {
        var (draw, dirt) = (part.Draw(index), part.Dirt(index, DirtKinds));
        var tender = (int)(index % Tenders.Length);
        var bills = draw.Below(240);
        var expected = draw.Percent(3) ? -draw.Below(40_000_00) : (long)bills * draw.Between(150_00, 2_400_00);
        var counted = Math.Max(0, draw.Percent(80) ? expected : expected + draw.Between(-500_00, 500_00));
        counted = dirt == Negative ? -counted - 1 : counted;
        to.Raw("D"u8).Digits(index / (Tenders.Length * Shifts) + 1, 6).Digits(index / Tenders.Length % Shifts + 1, 1);
        to.Blanked(dirt == UnknownTender ? "CHQ"u8 : Tenders[tender], 8).Digits(bills, 6);
        to.Overpunch(expected, 12).Overpunch(counted, 12).TrailingSign(counted - expected, 11).Starred(draw.Between(0, 40) * 500_00, 12);
        Cashier(to, part, dirt, ref draw);
        Closing(to, part, dirt, counted != expected, ref draw);
        table.Add(dirt < 0 ? null : Codes[dirt], bills, expected, counted, counted - expected);
        return (bills, counted);
    }

    private static void Cashier(FileWriter to, FilePart part, int dirt, ref Draw draw)
    {
        var person = draw.Below(FilePeople.Latin.Length);
        if (dirt == NoCashier)
        {
            to.Blanked(""u8, 10);
        }
        else
        {
            to.Raw("C"u8).Digits(part.Store.Id, 4).Raw("-"u8).Digits(person, 4);
        }

        to.Blanked(FilePeople.Latin[person].Windows1252, 28);
        var mobile = 6_000_000_000 + (long)(draw.Next() % 3_900_000_000);
        switch (dirt == ShortMobile ? -1 : draw.Below(10))
        {
            case -1:
                to.Digits(mobile, 7).Blanked(""u8, 8);
                break;
            case 0:
                to.Blanked(""u8, 15);
                break;
            case 1:
                to.Blanked("9999999999"u8, 15);
                break;
            case 2:
                to.Raw("+91"u8).Digits(mobile, 10).Raw("  "u8);
                break;
            case 3:
                to.Raw("0"u8).Digits(mobile, 10).Raw("    "u8);
                break;
            default:
                to.Digits(mobile, 10).Raw("     "u8);
                break;
        }
    }

    private static void Closing(FileWriter to, FilePart part, int dirt, bool differs, ref Draw draw)
    {
        var isOpen = dirt != OddHour && draw.Percent(2);
        if (isOpen)
        {
            to.Raw("00000000000000"u8);
        }
        else
        {
            to.Compact(part.Day).Digits(dirt == OddHour ? 24 : draw.Between(13, 22), 2).Digits(dirt == OddHour ? 60 : draw.Below(60), 2).Digits(draw.Below(60), 2);
        }

        to.Raw(dirt == UnknownStatus ? "X"u8 : isOpen ? "O"u8 : draw.Percent(4) ? "R"u8 : "C"u8);
        to.Digits(differs ? draw.Between(1, 12) : 0, 3).Raw("\r\n"u8);
    }
}
