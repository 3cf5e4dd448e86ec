using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using RetailLake.Core.Contracts;
using RetailLake.Core.Export;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Core.Warehouse;

namespace RetailLake.Tests.Scenarios;

/// <summary>
/// What a lake has published, as text that depends on the data alone: every table of its contracts by key without run and time of load, and
/// every Manthan file as delivered.
/// </summary>
internal static partial class LakeDump
{
    public static async Task<string> OfAsync(TestLake lake) => await TablesAsync(lake) + await FilesAsync(lake.Host.Lake, lake.Receiver);

    public static Task<string> TablesAsync(TestLake lake) => TablesAsync(lake.Host.Warehouse, lake.Contracts.Select(lake.Host.Contracts.Get));

    public static async Task<string> TablesAsync(IWarehouse warehouse, IEnumerable<Contract> contracts)
    {
        var text = new StringBuilder();
        foreach (var contract in contracts)
        {
            foreach (var table in contract.Tables)
            {
                text.Append($"== {contract.Source}.{table.Name}\n");
                foreach (var row in await warehouse.QueryAsync(Query(contract, table), CancellationToken.None))
                {
                    text.AppendJoin('\t', row.Select(value => value ?? "\\N")).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    /// <summary>The stored files, each held against what lies at the receiver.</summary>
    public static async Task<string> FilesAsync(ILake lake, string receiver)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var names = new List<string>();
        await foreach (var key in lake.ListAsync("runs/", CancellationToken.None))
        {
            if (!key.EndsWith("/export.json", StringComparison.Ordinal))
            {
                continue;
            }

            var export = await lake.ReadAsync<ExportManifest>(key, CancellationToken.None);
            foreach (var file in new[] { export.Data, export.Deletions, export.Control }.OfType<ExportFile>())
            {
                await using var stored = await lake.OpenVerifiedAsync(file.Object, CancellationToken.None);
                using var bytes = new MemoryStream();
                await stored.CopyToAsync(bytes);
                File.ReadAllBytes(Path.Combine(receiver, file.Name)).Should().Equal(bytes.ToArray(), "what is delivered is what is stored");
                names.Add(file.Name);
                files.Add(Undated(file.Name), Undated(Text(file.Name, bytes.ToArray())));
            }
        }

        Directory.EnumerateFiles(receiver).Select(Path.GetFileName).Should().BeEquivalentTo(names, "the receiver gets each export once, and nothing half written");
        return string.Concat(files.Select(file => $"== {file.Key}\n{file.Value}"));
    }

    private static string Query(Contract contract, ContractTable table) =>
        $"SELECT {string.Join(", ", table.Columns.Select(column => $"CAST(\"{column.Name}\" AS VARCHAR)"))} FROM \"{contract.Source}\".\"{table.Name}\" ORDER BY {string.Join(", ", table.Key.Select(name => $"\"{name}\""))}";

    private static string Text(string name, byte[] bytes)
    {
        if (!name.EndsWith(".gz", StringComparison.Ordinal))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        using var reader = new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    // A file's name carries the day it was planned, in India; two runs of a test may lie on both sides of midnight there.
    private static string Undated(string text) => Day().Replace(text, "_${kind}_DAY_");

    [GeneratedRegex("_(?<kind>[DF])_[0-9]{8}_")]
    private static partial Regex Day();
}
