using System.Text;
using System.Text.Json;
using RetailLake.Core.Drops;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Core.Runs;

namespace RetailLake.Tests.Ftp;

/// <summary>The state machine <c>ftp-pull</c> with its functions, as template.yaml has them, over real servers.</summary>
public sealed class FtpPullTests(RealServers servers)
{
    private static readonly DateTime Modified = new(2026, 11, 21, 9, 30, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("ftps")]
    [InlineData("sftp")]
    public async Task Pull_WaitsForFilesToSettleTakesThemAndThenKnowsThem(string kind)
    {
        var folder = await servers.FolderAsync(kind);
        folder.Write("bill_1.xml", "<POSLog/>"u8.ToArray());
        folder.Write("गेहूँ.xml", new byte[9_000_000]);
        await using var host = new PullHost(folder.Secret, folder.Contract);

        (await host.RunAsync("poslog-pull", "first")).Should().Equal(
            "BeginPull", "ListDrops", "HasDrops", "IsSettling", "WaitForSettling", "ListDrops", "HasDrops", "ForEachDrop", "IsSettling", "IsFolderDown", "Pulled");
        (await host.RunAsync("poslog-pull", "second")).Should().Equal("BeginPull", "ListDrops", "HasDrops", "IsSettling", "IsFolderDown", "Pulled");

        var records = await RecordsAsync(host);
        records.Should().OnlyContain(record => new FileInfo(host.Lake.Locate(record.Drop.Object.Key)).Length == record.Drop.Object.Bytes);
        records.Select(record => (record.Drop.Name, record.Drop.Object.Bytes)).Should().BeEquivalentTo([("bill_1.xml", 9L), ("गेहूँ.xml", 9_000_000L)]);
    }

    [Fact]
    public async Task FileThatIsNotForUs_KeepsNoOtherOutAndIsTold()
    {
        await using var server = new ScriptedFtpServer();
        server.Files["a_first.xml"] = "<POSLog/>"u8.ToArray();
        server.Files["ours.xml"] = "<POSLog></POSLog>"u8.ToArray();
        server.Withheld.Add("a_first.xml");
        await using var host = new PullHost(new { username = "u", password = "p" }, server.Contract);

        await host.RunAsync("poslog-pull", "first");

        (await RecordsAsync(host)).Should().ContainSingle().Which.Drop.Name.Should().Be("ours.xml");
        host.Log.Should().Contain(line => line.Contains("does not let us read it"));
        server.Withheld.Clear();
        await host.RunAsync("poslog-pull", "second");
        (await RecordsAsync(host)).Should().HaveCount(2);
    }

    [Fact]
    public async Task FolderThatIsDown_KeepsNoOtherOutFailsTheExecutionAndIsTakenByItsRedrive()
    {
        var folder = await servers.FolderAsync("ftp");
        folder.Write("ours.xml", "<POSLog/>"u8.ToArray());
        await using var host = new PullHost(folder.Secret, PullFeeds.Of(folder.Location + "/late", feed: "late"), folder.Contract);

        var over = await host.EndAsync("poslog-pull", "first");

        (over.Status, over.Error).Should().Be(("FAILED", "SourceAccessException"));
        host.StatesOf(over).Should().Equal(
            "BeginPull", "ListDrops", "HasDrops", "IsSettling", "WaitForSettling", "ListDrops", "HasDrops", "ForEachDrop", "IsSettling", "IsFolderDown", "ListDrops");
        (await RecordsAsync(host)).Should().ContainSingle().Which.Drop.Name.Should().Be("ours.xml");

        Directory.CreateDirectory(Path.Combine(folder.Path, "late"));
        await host.Executions.RedriveAsync(over.Arn);
        (await host.Executions.WaitAsync(over.Arn, default)).Status.Should().Be("SUCCEEDED");
    }

    [Fact]
    public async Task PullThatOutlastsItsSchedule_KeepsItsFilesToItself()
    {
        await using var server = new ScriptedFtpServer();
        server.Files["long.xml"] = "<POSLog/>"u8.ToArray();
        server.Replies["RETR"] = "150 Here, and nothing comes\r\n";
        await using var host = new PullHost(new { username = "u", password = "p" }, server.Contract);
        await host.Executions.StartAsync("poslog-pull", "first", "{}");
        while (!server.Commands.Any(command => command.StartsWith("RETR", StringComparison.Ordinal)))
        {
            await Task.Delay(20);
        }

        (await host.RunAsync("poslog-pull", "second").WaitAsync(TimeSpan.FromSeconds(40))).Should().Equal("BeginPull", "ListDrops", "HasDrops", "IsSettling", "IsFolderDown", "Pulled");

        server.Commands.Count(command => command.StartsWith("RETR", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task MachineOfContractsOnly_HasAScheduleOfItsOwn()
    {
        var folder = await servers.FolderAsync("ftp");
        await using var host = new PullHost(folder.Secret, folder.Contract);

        var machine = host.Application.StateMachines.Should().ContainSingle(machine => machine.Name == "poslog-pull").Which;
        host.Application.Schedules.Should().ContainSingle(schedule => schedule.TargetArn == machine.Arn).Which.Zone.Should().Be("Asia/Kolkata");
    }

    /// <summary>events/ListDrops and events/FetchDrop, through the handler strings of template.yaml.</summary>
    [Fact]
    public async Task EventFiles_AreAnsweredByTheirFunctions()
    {
        var folder = await servers.FolderAsync("ftp");
        File.SetLastWriteTimeUtc(folder.Write("POSLog_20261121.xml", "<POSLog/>"u8.ToArray()), Modified);
        await using var host = new PullHost(folder.Secret, folder.Contract);
        var fetch = JsonElement.Parse(Repository.Read("events", "FetchDrop", "poslog.json"));

        var listed = await InvokeAsync(host, "ListDrops", "poslog.json");
        listed.GetProperty("waiting").GetInt32().Should().Be(1);
        listed.GetProperty("settleSeconds").GetInt32().Should().BeInRange(1, 60);
        (await host.Lake.TryReadAsync<NoticedFile>(fetch.GetProperty("file").GetString()!, default))!.Text.Should().Be("POSLog_20261121.xml");

        var fetched = await InvokeAsync(host, "FetchDrop", "poslog.json");
        fetched.GetProperty("done").GetBoolean().Should().BeTrue();
        fetched.GetProperty("outcome").GetString().Should().Be("Landed");
        (await InvokeAsync(host, "ListDrops", "second-look.json")).GetProperty("known").GetInt32().Should().Be(1);
    }

    private static async Task<List<DropRecord>> RecordsAsync(PullHost host) => await DropRecords.ListAsync(host.Lake, "poslog", "transaction", default).ToListAsync();

    private static async Task<JsonElement> InvokeAsync(PullHost host, string function, string file)
    {
        var result = await host.Functions.InvokeAsync(function, Encoding.UTF8.GetBytes(Repository.Read("events", function, file)), default);
        var answer = Encoding.UTF8.GetString(result.Payload);
        result.Error.Should().BeNull(answer);
        return JsonElement.Parse(answer);
    }
}
