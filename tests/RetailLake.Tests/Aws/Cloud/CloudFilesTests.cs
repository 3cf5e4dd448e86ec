using System.Text.RegularExpressions;
using RetailLake.Core.Contracts;
using RetailLake.Core.Warehouse;
using RetailLake.Local.Demo.Files;
using RetailLake.Local.Home;
using RetailLake.Tests.Local;
using RetailLake.Tests.Onboarding;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Aws.Cloud;

/// <summary>
/// The demo's files of all five kinds (XML, record types, fixed width, delimited, compressed) with their dirt, some of them sent again with other rows, one with a wrong trailer:
/// uploaded to a bucket and loaded through the Data API they leave what one machine leaves.
/// </summary>
[Collection(ScenarioServer.Name)]
public sealed partial class CloudFilesTests(ScenarioServer server) : IDisposable
{
    private const string Receipts = "gp.grn";
    private const string PosLog = "poslog.transaction";
    private const string Counts = "crt.till_count";

    private static readonly DateOnly Day = new(2026, 11, 20);

    private readonly TemporaryFolder folder = new();
    private readonly DemoDrops files = new(new(11, 20_000, Stores: 2));

    [Fact]
    public async Task Files_AreTheSameAsOnOneMachine()
    {
        await using var local = new FilesLake();
        SecretsFile.Set(local.Home, [new(SecretsFile.TokenKey, TestSource.TokenKey)]);
        foreach (var (id, text) in Texts)
        {
            local.Write(id.Split('.')[0], id.Split('.')[1], text);
        }

        await local.OpenAsync(new HurriedTime());
        await using var cloud = await CloudLake.OpenAsync(await server.QuietAsync(), new() { Texts = Texts });
        foreach (var wave in Waves())
        {
            await OnOneMachineAsync(local, wave);
            await OnAwsAsync(cloud, wave);
        }

        var expected = await PublishedAsync(local.Host.Warehouse, local.Host.Contracts.All);
        foreach (var told in new[] { "refused\tgp.grn\t1", "loaded\tgp.grn\t3", "loaded\tposlog.transaction\t3", "loaded\tcrt.till_count\t3", "loaded\tutil.price_tag\t2", "loaded\tutil.footfall\t1" })
        {
            expected.Contains(told, StringComparison.Ordinal).Should().BeTrue($"there must be '{told}' to compare");
        }

        (await PublishedAsync(cloud.Warehouse, cloud.Contracts.All)).Should().Be(expected);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>The repository's contracts; those whose files are fetched let them be uploaded here.</summary>
    private IReadOnlyDictionary<string, string> Texts => files.Contracts.ToDictionary(id => id, id => Fetched().Replace(
        Repository.Read("contracts", id.Split('.')[0], $"{id.Split('.')[1]}.odcs.yaml"), $"type: s3\n    location: s3://retaillake/drops/{id.Replace('.', '/')}"));

    /// <summary>A day; then files of it that are sent again, and one whose trailer is wrong.</summary>
    private IReadOnlyList<IReadOnlyList<DemoDrop>> Waves() =>
    [
        files.WriteDay(Path.Combine(folder.Path, "first"), Day),
        [
            files.Write(Path.Combine(folder.Path, "second"), Receipts, 1, Day, DemoFault.Restated),
            files.Write(Path.Combine(folder.Path, "second"), Receipts, 2, Day.AddDays(1), DemoFault.TrailerOffByOne),
            files.Write(Path.Combine(folder.Path, "second"), PosLog, 2, Day, DemoFault.Restated),
            files.Write(Path.Combine(folder.Path, "second"), Counts, 1, Day, DemoFault.Restated),
        ],
    ];

    private static async Task OnOneMachineAsync(FilesLake lake, IReadOnlyList<DemoDrop> drops)
    {
        foreach (var (feed, path) in Uploads(drops))
        {
            lake.Upload(feed, Path.GetFileName(path), await File.ReadAllBytesAsync(path), File.GetLastWriteTimeUtc(path));
        }

        foreach (var feed in Feeds(drops))
        {
            var outcome = await lake.IngestAsync(feed);
            outcome.Succeeded.Should().BeTrue($"{feed}: {outcome.Error} {outcome.Cause}");
        }
    }

    private static async Task OnAwsAsync(CloudLake lake, IReadOnlyList<DemoDrop> drops)
    {
        foreach (var (feed, path) in Uploads(drops))
        {
            await lake.UploadAsync($"drops/{feed.Replace('.', '/')}/{Path.GetFileName(path)}", await File.ReadAllBytesAsync(path));
        }

        foreach (var feed in Feeds(drops))
        {
            await lake.InvokeAsync("StartIngestFunction", $$"""{"source":"{{feed.Split('.')[0]}}","feed":"{{feed.Split('.')[1]}}"}""");
            await lake.SettleAsync();
        }

        lake.Executions.List(new(Limit: int.MaxValue)).Where(execution => execution.Status != "SUCCEEDED").Should().BeEmpty(string.Join('\n', lake.Log));
    }

    private static IEnumerable<(string Feed, string Path)> Uploads(IReadOnlyList<DemoDrop> drops) => drops.SelectMany(drop => drop.Files.Select(path => (drop.Contract, path)));

    private static IEnumerable<string> Feeds(IReadOnlyList<DemoDrop> drops) => drops.Select(drop => drop.Contract).Distinct();

    /// <summary>Every table, what became of every file, and every reject that was counted.</summary>
    private static async Task<string> PublishedAsync(IWarehouse warehouse, IReadOnlyCollection<Contract> contracts)
    {
        var told = await warehouse.QueryAsync("SELECT outcome, contract, CAST(COUNT(*) AS VARCHAR(20)) FROM ops.drop_ledger GROUP BY outcome, contract ORDER BY outcome, contract", default);
        return await LakeDump.TablesAsync(warehouse, contracts.OrderBy(contract => contract.Id, StringComparer.Ordinal)) + string.Join('\n', told.Select(row => string.Join('\t', row)).Prepend("== drops"));
    }

    [GeneratedRegex(@"type: \S+\r?\n    location: (sftp|ftps|s3)://[^\n]*")]
    private static partial Regex Fetched();
}
