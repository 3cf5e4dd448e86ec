using System.Globalization;
using System.Security.Cryptography;
using RetailLake.Core.Drops;

namespace RetailLake.Local.Demo.Files;

/// <summary>How many files and how large.</summary>
/// <param name="OrderLines">As of the demo's databases: the same articles come from it.</param>
/// <param name="Stores">The first so many shops of the demo's databases send files; at most 120.</param>
/// <param name="Scale">Multiplies the rows of each file.</param>
/// <param name="LargeBills">POSLogs keep the receipt's text: 18 KB a bill instead of 4.</param>
public sealed record DemoDropOptions(int Seed, long OrderLines = 100_000, int Stores = 6, int Scale = 1, bool LargeBills = false);

/// <summary>Writes what senders deliver: folders by source and feed, each file with its marker or control file. The same options give the same bytes.</summary>
public sealed class DemoDrops
{
    private const int MostStores = 120;

    private static readonly TimeSpan Ist = new(5, 30, 0);

    private readonly DemoDropOptions options;
    private readonly FileWorld world;
    private readonly FileFeed[] feeds;

    public DemoDrops(DemoDropOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Stores is < 1 or > MostStores || options.Scale < 1)
        {
            throw new ArgumentException(
                $"Found {options.Stores} shops at scale {options.Scale}; the demo has 1 to {MostStores} shops, and a scale is at least 1. Nothing was written. Correct the options.", nameof(options));
        }

        this.options = options;
        world = new FileWorld(options.Seed, options.OrderLines, options.Stores);
        feeds = [new TillCountFile(world), new GoodsReceiptFile(world), new PosLogFile(world, options.LargeBills), new FootfallFile(world), new PriceTagFile(world)];
    }

    /// <summary>Ids of the contracts whose files are written.</summary>
    public IReadOnlyList<string> Contracts => [.. feeds.Select(feed => feed.Contract)];

    /// <summary>All files of a business day.</summary>
    public IReadOnlyList<DemoDrop> WriteDay(string folder, DateOnly day)
    {
        List<DemoDrop> drops = [];
        foreach (var feed in feeds)
        {
            foreach (var store in feed.IsForAllStores ? world.Stores[..1] : world.Stores)
            {
                drops.Add(Write(folder, feed.Contract, store.Id, day));
            }
        }

        return drops;
    }

    /// <summary>One file, with a fault if it shall have one. A late file is one of an older day.</summary>
    /// <param name="store">1-based; of no meaning to a feed whose files hold all shops.</param>
    /// <param name="revision">Of a restated file: 1, 2, …</param>
    /// <exception cref="ArgumentException">The feed's files cannot have that fault.</exception>
    public DemoDrop Write(string folder, string contract, int store, DateOnly day, DemoFault fault = DemoFault.None, int revision = 1)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var feed = feeds.FirstOrDefault(feed => feed.Contract == contract) ?? throw new ArgumentException(
            $"Found no feed of files '{contract}' in the demo; there are {string.Join(", ", Contracts)}. Nothing was written. Name one of them.", nameof(contract));
        if (fault == DemoFault.TrailerOffByOne && feed is not (TillCountFile or GoodsReceiptFile))
        {
            throw new ArgumentException($"Found the fault {fault} for '{contract}', whose files have no trailer. Nothing was written. Take another feed.", nameof(fault));
        }

        var part = feed.Part(world.Stores[feed.IsForAllStores ? 0 : store - 1], day, Rows(feed), fault == DemoFault.Restated ? revision : 0) with
        {
            TrailerError = fault == DemoFault.TrailerOffByOne ? 1 : 0,
        };
        var target = Path.Combine(folder, contract.Replace('.', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(target);
        var name = feed.NameOf(part, fault == DemoFault.SameContentOtherName);
        var path = Path.Combine(target, name);
        var content = WriteFile(path, feed, part);
        if (fault is DemoFault.Cut or DemoFault.HalfWritten)
        {
            Cut(path);
        }

        var file = new WrittenFile(new FileInfo(path).Length, Sha256(path), content);
        var modified = new DateTimeOffset(day.ToDateTime(new TimeOnly(22, 45)), Ist).AddHours(part.Revision).ToUniversalTime();
        List<string> files = [path];
        File.SetLastWriteTimeUtc(path, modified.UtcDateTime);
        var proof = feed.ProofOf(name, file);
        if (fault != DemoFault.HalfWritten && proof is not null)
        {
            files.Add(Path.Combine(target, proof.Name));
            File.WriteAllText(files[1], proof.Text);
            File.SetLastWriteTimeUtc(files[1], modified.UtcDateTime.AddSeconds(1));
        }

        var (fate, code) = Fate(fault, provesItself: proof is null);
        var scope = string.Create(CultureInfo.InvariantCulture, $"{(feed.IsForAllStores ? 0 : store)} {day:yyyy-MM-dd}");
        return new(contract, name, scope, part.Revision, modified, file.Bytes, file.Sha256, files, fate, code, content.Tables, content.Skipped);
    }

    /// <summary>Writes one feed's file of any size, uncompressed, for measuring: constant memory.</summary>
    /// <param name="rows">Bills, receipts, or rows.</param>
    public IReadOnlyList<DemoFileTotals> WriteContent(Stream output, string contract, int store, DateOnly day, long rows)
    {
        ArgumentNullException.ThrowIfNull(output);
        var feed = feeds.First(feed => feed.Contract == contract);
        var part = feed.Part(world.Stores[store - 1], day, rows);
        return (feed is PriceTagFile tags ? tags.WriteText(output, part) : feed.Write(output, part)).Tables;
    }

    private static (DemoFate Fate, string? Code) Fate(DemoFault fault, bool provesItself) => fault switch
    {
        DemoFault.TrailerOffByOne => (DemoFate.Refused, DropRefusalCode.Totals),
        DemoFault.HalfWritten when !provesItself => (DemoFate.Waiting, null),
        DemoFault.HalfWritten or DemoFault.Cut => (DemoFate.Refused, DropRefusalCode.Torn),
        DemoFault.SameContentOtherName => (DemoFate.Duplicate, null),
        _ => (DemoFate.Loaded, null),
    };

    private static FileContent WriteFile(string path, FileFeed feed, FilePart part)
    {
        using var output = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        return feed.Write(output, part);
    }

    private static void Cut(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.SetLength(file.Length * 6 / 10);
    }

    private static string Sha256(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private long Rows(FileFeed feed) => options.Scale * feed switch
    {
        TillCountFile => 10L * 18,
        GoodsReceiptFile => 60,
        PosLogFile => 240,
        FootfallFile => 3,
        _ => 200,
    };
}
