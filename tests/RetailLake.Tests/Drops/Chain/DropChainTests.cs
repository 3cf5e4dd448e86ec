using RetailLake.Core.Drops;
using RetailLake.Core.Lake;
using RetailLake.Core.Runs;
using RetailLake.Local.Home;
using RetailLake.Local.Invocation;
using RetailLake.Local.Running;
using RetailLake.Tests.Scenarios;

namespace RetailLake.Tests.Drops.Chain;

/// <summary>The real host over a contract of files: what appears under drops/ goes through the template's topic, queue and functions.</summary>
public sealed class DropChainTests : IAsyncDisposable
{
    internal const string Contract = """
        apiVersion: v3.1.0
        kind: DataContract
        id: gp.grn
        name: grn
        version: 1.0.0
        status: active
        servers:
          - server: uploads
            type: s3
            location: s3://lake/drops/gp/grn
        customProperties:
          - property: retaillake.drop
            value: { format: delimited, name: 'grn_.*\.csv', proof: stable }
        schema:
          - name: grn
            physicalName: grn
            properties:
              - { name: id, logicalType: integer, physicalType: bigint, primaryKey: true, required: true, classification: internal }
        """;

    private readonly Local.TemporaryFolder folder = new();
    private readonly LakeHome home;
    private readonly List<string> told = [];
    private LakeHost? host;
    private Func<string, InvocationPhase, bool>? fails;

    public DropChainTests()
    {
        folder.Write("contracts/gp/grn.odcs.yaml", Contract);
        home = new LakeHome(Path.Combine(folder.Path, "home")).Create();
    }

    private string Feed => Directory.CreateDirectory(Path.Combine(home.Lake, "drops", "gp", "grn")).FullName;

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task FileDroppedWhileUp_LandsIsRecordedAndStartsItsFeed()
    {
        await OpenAsync();

        await File.WriteAllTextAsync(Path.Combine(Feed, "grn_1.csv"), "id\n1\n");
        await UntilAsync(() => Executions().Count > 0);
        await host!.SettleAsync(default);

        (await LandedAsync()).Should().Equal("grn_1.csv");
        Executions().Should().NotBeEmpty();
    }

    [Fact]
    public async Task FileDroppedWhileDown_IsAnnouncedAtTheNextStart()
    {
        await File.WriteAllTextAsync(Path.Combine(Feed, "grn_1.csv"), "id\n1\n");

        await OpenAsync();
        await host!.SettleAsync(default);

        (await LandedAsync()).Should().Equal("grn_1.csv");
        Executions().Should().NotBeEmpty();
    }

    [Fact]
    public async Task FileThatIsRefused_StaysAndIsListed()
    {
        await OpenAsync();
        await File.WriteAllTextAsync(Path.Combine(Feed, "other.csv"), "id\n1\n");
        await File.WriteAllTextAsync(Path.Combine(home.Lake, "drops", "lost.csv"), "id\n1\n");
        await host!.SettleAsync(default);

        var listed = await host.PendingFiles.ListAsync(null, default);

        listed.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Contract = "gp.grn", Name = "other.csv", State = "refused" });
        File.Exists(Path.Combine(Feed, "other.csv")).Should().BeTrue();
        (await LogAsync()).Should().Contain("'other.csv' of 'gp.grn' is refused and stays where it is").And.Contain("'drops/lost.csv' lies in no feed's folder");
        Executions().Should().BeEmpty();
    }

    [Fact]
    public async Task ReaderThatFailsAndAnswersThatAreLost_DelayAndLoseNothing()
    {
        var calls = 0;
        fails = (function, phase) => function == "DispatchDropFunction" && (++calls % 2 == 1 || (phase == InvocationPhase.AfterEffect && calls < 6));
        await OpenAsync();
        for (var file = 0; file < 5; file++)
        {
            await File.WriteAllTextAsync(Path.Combine(Feed, $"grn_{file}.csv"), $"id\n{file}\n");
        }

        await UntilAsync(() => LandedAsync().Result.Count == 5 && Executions().Count > 0);

        (await LandedAsync()).Should().BeEquivalentTo("grn_0.csv", "grn_1.csv", "grn_2.csv", "grn_3.csv", "grn_4.csv");
    }

    [Fact]
    public async Task MessageThatNobodyCanDealWith_GoesToTheDeadLettersWithAWarning()
    {
        fails = (function, phase) => function == "DispatchDropFunction" && phase == InvocationPhase.BeforeEffect;
        await OpenAsync();

        // At once, for a file that is seen empty and then with its rows is announced twice.
        File.Move(folder.Write("grn_1.csv", "id\n1\n"), Path.Combine(Feed, "grn_1.csv"));

        await UntilAsync(() => told.Count > 0);

        told.Should().ContainSingle().Which.Should().Contain("5 times").And.Contain("DropQueue.jsonl");
        var dead = host!.Drops.DeadLetters.Read("DropQueue").Should().ContainSingle().Subject;
        Functions.Drops.DropNotice.Read(dead).Should().Equal(new Functions.Drops.DropNotice("gp", "grn", "grn_1.csv"));
        File.Exists(Path.Combine(Feed, "grn_1.csv")).Should().BeTrue();

        // Mended and started again, nothing is lost.
        await CloseAsync();
        fails = null;
        await OpenAsync();
        await host!.SettleAsync(default);
        (await LandedAsync()).Should().Equal("grn_1.csv");
    }

    [Fact]
    public async Task RecordWrittenByAStepOfThisProcess_StartsItsFeed()
    {
        await OpenAsync();
        const string Sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        var landed = new LakeObject(DropRecords.LandingKey("gp", "grn", Sha256), 0, Sha256);
        await host!.Lake.PutIfAbsentAsync(landed.Key, ReadOnlyMemory<byte>.Empty, default);
        var drop = new DropRef(DropIds.Of("gp.grn", "grn_9.csv", Sha256, 1), "grn_9.csv", landed, 1, DateTimeOffset.UnixEpoch);

        await DropRecords.WriteAsync(host.Lake, new(drop, "gp.grn", "its own end", DateTimeOffset.UnixEpoch), default);
        await UntilAsync(() => Executions().Count > 0);
        await host.SettleAsync(default);

        (await LandedAsync()).Should().Equal("grn_9.csv");
    }

    [Fact]
    public async Task IngestCommand_TakesWhatLiesThere()
    {
        await File.WriteAllTextAsync(Path.Combine(Feed, "grn_1.csv"), "id\n1\n");
        await OpenAsync();

        var outcomes = await host!.Ingest.RunAsync([new("gp", "grn")], _ => { }, default);

        outcomes.Should().NotBeEmpty();
        (await LandedAsync()).Should().Equal("grn_1.csv");
    }

    private async Task OpenAsync()
    {
        host = await LakeHost.OpenAsync(
            new()
            {
                App = Repository.Root, Home = home, ContractFolders = [Path.Combine(folder.Path, "contracts")], MemoryLimit = "256MB", Time = new HurriedTime(),
                Probe = (function, _, phase) => fails?.Invoke(function.LogicalId, phase) == true ? Task.FromException(new InvocationFaultException("Lambda.Unknown", "broken by the test")) : Task.CompletedTask,
            },
            HostMode.Working, default);
        host.Drops.Warned += told.Add;
    }

    private async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref host, null) is { } open)
        {
            await open.DisposeAsync();
        }
    }

    private IReadOnlyList<ExecutionLine> Executions() => host!.Executions.List(new(Source: "gp", Limit: 100));

    private Task<IReadOnlyList<string>> LandedAsync() => LandedAsync(host!);

    /// <summary>Names of what landed, each once: records that wait, and drops that a plan has taken, whose records go when they are loaded.</summary>
    internal static async Task<IReadOnlyList<string>> LandedAsync(LakeHost host)
    {
        var drops = await DropRecords.ListAsync(host.Lake, "gp", "grn", default).Select(record => record.Drop).ToListAsync();
        await foreach (var key in host.Lake.ListAsync("runs/gp.grn/", default))
        {
            if (key.EndsWith("/plan.json", StringComparison.Ordinal))
            {
                drops.AddRange((await host.Lake.ReadAsync<RunPlan>(key, default)).Slices.SelectMany(slice => slice.Drops ?? []));
            }
        }

        return [.. drops.DistinctBy(drop => drop.Id).Select(drop => drop.Name).Order(StringComparer.Ordinal)];
    }

    private async Task<string> LogAsync()
    {
        await using var file = new FileStream(home.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync();
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!isSo())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
