using System.Security.Cryptography;
using RetailLake.Core.Contracts;
using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Local.Home;
using RetailLake.Local.Running;

namespace RetailLake.Bench;

/// <summary>Generated drops, landed in a home as taking in does, and the contract they are read by.</summary>
internal static class BenchDrops
{
    public const string Xml = "xml";
    public const string Lean = "xml-lean";
    public const string Flat = "flat";

    /// <summary>One slice for each drop: that of POSLog is the product's own contract.</summary>
    public static Contract Contract(string kind) => kind == Flat
        ? SaleLines.FlatContract(sliceBytes: 1)
        : HostContracts.Load([Path.Join(BillSource.App, "contracts")]).Get("poslog.transaction") is { } contract ? contract with { Drop = contract.Drop! with { SliceBytes = 1 } } : throw new InvalidOperationException();

    /// <returns>The drops' files.</returns>
    public static async Task<IReadOnlyList<string>> LandAsync(LakeHome home, string kind, int drops, int megabytes)
    {
        SecretsFile.Ensure(home);
        var contract = Contract(kind);
        var lake = new FileSystemLake(HostSettings.LakeUri(home));
        List<string> files = [];
        for (var number = 1; number <= drops; number++)
        {
            var path = Path.Join(home.Folder, "drop");
            await using (var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite))
            {
                Write(file, kind, megabytes, seed: number);
                file.Position = 0;
                var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file));
                file.Position = 0;
                var xxh128 = new System.IO.Hashing.XxHash128();
                await xxh128.AppendAsync(file);
                var landed = new LakeObject(DropRecords.LandingKey(contract.Source, contract.Feed, sha256), file.Length, sha256) { Xxh128 = Convert.ToHexStringLower(xxh128.GetCurrentHash()) };
                var name = $"{number}.{(kind == Flat ? "csv" : "xml")}";
                await DropRecords.WriteAsync(lake, new(new(DropIds.Of(contract.Id, name, sha256, number), name, landed, number, DateTimeOffset.UnixEpoch), contract.Id, "bench", DateTimeOffset.UnixEpoch), default);
                files.Add(Path.Join(home.Lake, landed.Key));
            }

            Directory.CreateDirectory(Path.GetDirectoryName(files[^1])!);
            File.Move(path, files[^1]);
        }

        return files;
    }

    private static void Write(Stream file, string kind, int megabytes, int seed)
    {
        if (kind == Flat)
        {
            SaleLines.WriteFlat(file, megabytes, seed);
        }
        else
        {
            PosLogDocument.Write(file, megabytes, kind == Lean, seed);
        }
    }
}
