using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace RetailLake.Local.Demo.Files;

/// <summary>The door cameras: one archive for all shops with a UTF-16 file per group, tabs, a line of title, and a control file with rows and hash.</summary>
internal sealed class FootfallFile(FileWorld world) : FileFeed(world)
{
    public const int DirtKinds = 6;
    private const int NoNumber = 0;
    private const int Negative = 1;
    private const int OddHour = 2;
    private const int MoreGroups = 3;
    private const int UptimeAbove = 4;
    private const int ShortPhone = 5;
    private const int Opens = 9;
    private const int Hours = 14;

    private static readonly string[] Codes = ["type", "range", "format", "at_most", "range", "phone_in"];

    public override string Contract => "util.footfall";

    public override bool IsForAllStores => true;

    protected override DemoTable Table => DemoTable.Footfall;

    public override string NameOf(FilePart part, bool isCopy) =>
        string.Create(CultureInfo.InvariantCulture, $"FOOTFALL_{part.Day:yyyyMMdd}{(isCopy ? "_AGAIN" : "")}.zip");

    public override ProofText ProofOf(string name, WrittenFile file) => new(
        Path.ChangeExtension(name, ".ctl"),
        string.Create(CultureInfo.InvariantCulture, $"FILE={name}\r\nBYTES={file.Bytes}\r\nROWS={file.Content.Tables[0].Rows}\r\nSHA256={file.Sha256}\r\n"));

    /// <param name="part">Its rows are doors of each shop.</param>
    public override FileContent Write(Stream output, FilePart part)
    {
        var table = new PlantedTable("footfall", ("entered", 0), ("exited", 0));
        var written = new DateTimeOffset(part.Day.ToDateTime(new TimeOnly(23, 0)), TimeSpan.Zero);
        using var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var group in World.Stores.GroupBy(store => store.Group).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var entry = archive.CreateEntry($"{group.Key}.txt", CompressionLevel.Fastest);
            entry.LastWriteTime = written;
            using var content = entry.Open();
            content.Write(Encoding.Unicode.Preamble);
            using var wide = Encoding.CreateTranscodingStream(content, Encoding.Unicode, Encoding.UTF8);
            WriteGroup(wide, group.Key, [.. group], part, table);
        }

        return FileContent.Of(table);
    }

    private static void WriteGroup(Stream output, string group, Store[] stores, FilePart part, PlantedTable table)
    {
        using var to = new FileWriter(output);
        to.Raw("Footfall report\t"u8).Named(part.Day).Raw("\t"u8).Raw(Encoding.ASCII.GetBytes(group)).Raw("\r\n"u8);
        to.Raw("Store\tDay\tDoor\tFrom\tIn\tOut\tGroups\tUptime %\tDevice\tGuard\tGuard Phone\r\n"u8);
        foreach (var store in stores)
        {
            var own = part with { Store = store };
            for (var index = 0L; index < part.Rows * Hours; index++)
            {
                if (own.Has(index))
                {
                    Row(to, own, index, table);
                }
            }
        }
    }

    private static void Row(FileWriter to, FilePart part, long index, PlantedTable table)
    {
        var (draw, dirt) = (part.Draw(index), part.Dirt(index, DirtKinds));
        var (door, hour) = (index / Hours + 1, (int)(index % Hours) + Opens);
        var entered = dirt == Negative ? -1 : draw.Below(400);
        var exited = draw.Below(400);
        to.Number(part.Store.Id).Raw("\t"u8).Named(part.Day).Raw("\tGATE-"u8).Number(door).Raw("\t"u8).Digits(dirt == OddHour ? 25 : hour, 2).Raw(":00\t"u8);
        if (dirt == NoNumber)
        {
            to.Raw("N/A"u8);
        }
        else
        {
            to.Number(entered);
        }

        to.Raw("\t"u8).Number(exited).Raw("\t"u8);
        if (dirt is not (NoNumber or Negative))
        {
            to.Number(dirt == MoreGroups ? entered + 1 : entered / 3);
        }

        to.Raw("\t"u8).Scaled(dirt == UptimeAbove ? 120_00 : draw.Percent(85) ? 100_00 : draw.Below(100_00), 2).Raw("\tCAM"u8).Digits(part.Store.Id, 4).Number(door);
        to.Raw("\t"u8).Raw(FilePeople.Any(ref draw).Utf8).Raw("\t"u8);
        if (dirt == ShortPhone)
        {
            to.Raw("98200"u8);
        }
        else
        {
            to.Mobile(ref draw);
        }

        to.Raw("\r\n"u8);
        table.Add(dirt < 0 ? null : Codes[dirt], dirt == NoNumber ? 0 : entered, exited);
    }
}
