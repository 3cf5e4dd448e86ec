using RetailLake.Core.Contracts;
using RetailLake.Core.Drops.Pulls;
using RetailLake.Tests.Drops.Chain;

namespace RetailLake.Tests.Ftp;

/// <summary>A pull that outlasts its schedule, and those that start meanwhile.</summary>
public sealed class OverlappingPullsTests : IDisposable
{
    private const string Machine = "arn:aws:states:ap-south-1:111122223333:stateMachine:poslog-pull";

    private readonly FetchBench bench = new();
    private readonly MemoryServer server = new();
    private readonly RecordingMachines machines = new();
    private readonly Contract feed = PullFeeds.Of("sftp://host/in", new(ProofKind.Marker, "{name}.done"));

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task FileThatARunningPullHasListed_IsLeftToIt()
    {
        Put("long.csv");
        await StartAsync("first");
        (await LookAsync("first")).Ready.Should().ContainSingle();
        Put("new.csv");
        await StartAsync("second");

        var second = await LookAsync("second");
        await StartAsync("third");
        var third = await LookAsync("third");

        (second.Ready.Count, second.InHand).Should().Be((1, 1));
        (third.Ready.Count, third.InHand).Should().Be((0, 2));
    }

    [Fact]
    public async Task PullThatWasLost_LeavesItsFilesToTheNext()
    {
        Put("long.csv");
        await StartAsync("first");
        await LookAsync("first");
        machines.EndAll();
        await StartAsync("second");

        (await LookAsync("second")).Ready.Should().ContainSingle();
    }

    [Fact]
    public async Task OwnEarlierLook_LeavesNothingOut()
    {
        Put("long.csv");
        await StartAsync("first");
        await LookAsync("first");

        (await LookAsync("first", pass: 1)).Ready.Should().ContainSingle();
    }

    private void Put(string name)
    {
        server.Put(name, [1], bench.Time.GetUtcNow());
        server.Put($"{name}.done", [], bench.Time.GetUtcNow());
    }

    private Task<bool> StartAsync(string execution) => machines.StartAsync("poslog-pull", execution, "{}", default);

    private async Task<PullFindings> LookAsync(string execution, int pass = 0)
    {
        var inHand = await new PullsAtWork(bench.Lake, machines).FilesAsync(feed.Source, Machine, execution, default);
        return (await new DropPolls(server, bench.Lake, bench.Time).ListAsync(feed.Source, [feed], new(execution, pass) { InHand = inHand }, default)).Findings;
    }
}
