using System.Diagnostics;
using System.Globalization;
using RetailLake.Core.Lake;
using RetailLake.Core.Rows;
using RetailLake.Core.Runs;

namespace RetailLake.Bench;

/// <summary>Peak memory of validate and transform, two slices at once, at several sizes: it must not follow the rows. Each size runs in a process of its own.</summary>
internal static class RowsMemoryBench
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["child", var folder, var rows])
        {
            return await ChildAsync(folder, long.Parse(rows, CultureInfo.InvariantCulture));
        }

        foreach (var size in arguments.Length > 0 ? arguments : ["100000", "1000000", "3000000"])
        {
            var home = Directory.CreateTempSubdirectory("bench-memory-").FullName;
            var lake = new FileSystemLake(new Uri(home).AbsoluteUri);
            await SaleLines.LandAsync(lake, Keys, int.Parse(size, CultureInfo.InvariantCulture));
            using var child = Process.Start(Environment.ProcessPath!, [typeof(RowsMemoryBench).Assembly.Location, "rows-memory", "child", home, size]);
            await child.WaitForExitAsync();
            Directory.Delete(home, recursive: true);
        }

        return 0;
    }

    private static RunKeys Keys => new("pos", "sale", "bench");

    private static async Task<int> ChildAsync(string folder, long rows)
    {
        var lake = new FileSystemLake(new Uri(folder).AbsoluteUri);
        var key = Keys.LandingObject(1, "a", "sale_line.txt.gz");
        await using (var stored = (await lake.OpenReadAsync(key, default))!)
        {
            var sha256 = Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(stored));
            var landed = new LandedTable("sale_line", "mysql-tab", new LakeObject(key, stored.Length, sha256), rows);
            await Task.WhenAll(Enumerable.Range(1, 2).Select(slice => Task.Run(() => SliceAsync(lake, new LandedManifest(slice, [landed], [], [])))));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"two slices of {rows:N0} rows at once: peak RSS {StepMeter.PeakMegabytes():N0} MB, managed heap {GC.GetTotalMemory(false) / 1e6:N0} MB, allocated {GC.GetTotalAllocatedBytes() / 1e6:N0} MB"));
        return 0;
    }

    private static async Task SliceAsync(FileSystemLake lake, LandedManifest landed)
    {
        var tokens = new PersonalTokens("0123456789abcdef"u8);
        var validated = await new RowValidator(lake, SaleLines.Contract(), Keys, tokens).ValidateAsync(landed, "a", default);
        await new ParquetEncoder(lake, SaleLines.Contract(), Keys, tokens).EncodeAsync(landed, validated, "a", default);
    }
}
