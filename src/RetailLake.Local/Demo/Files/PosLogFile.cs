using System.Globalization;

namespace RetailLake.Local.Demo.Files;

/// <summary>Tills of two vendors: shops with odd numbers write POSLog 2.x, the others 6.0. Some shops' tills keep the receipt's text, too.</summary>
internal sealed class PosLogFile : FileFeed
{
    private readonly Bill bill;
    private readonly PosLogShape older;
    private readonly PosLogShape newer;
    private readonly int longest;

    /// <param name="isLarge">About 18 KB for a bill instead of 4: more lines, and what was printed.</param>
    public PosLogFile(FileWorld world, bool isLarge)
        : base(world)
    {
        bill = new Bill(world);
        longest = isLarge ? 9 : 5;
        (older, newer) = (new PosLogV2(isLarge), new PosLogV6(isLarge));
    }

    public override string Contract => "poslog.transaction";

    protected override DemoTable Table => DemoTable.PosLog;

    public override string NameOf(FilePart part, bool isCopy) =>
        string.Create(CultureInfo.InvariantCulture, $"POSLOG_{part.Store.Id:D4}_{part.Day:yyyyMMdd}{(isCopy ? "_COPY" : "")}.xml");

    public override ProofText ProofOf(string name, WrittenFile file) => new(name + ".done", "");

    public override FileContent Write(Stream output, FilePart part)
    {
        var shape = part.Store.Id % 2 == 1 ? older : newer;
        var tables = new PosLogTables();
        using var to = new FileWriter(output);
        shape.Begin(to);
        for (var index = 0L; index < part.Rows; index++)
        {
            if (part.Has(index))
            {
                bill.Make(part, index, longest);
                shape.Write(to, part, bill, tables);
            }
        }

        PosLogShape.End(to);
        return tables.ToContent();
    }
}
