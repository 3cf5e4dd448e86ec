using RetailLake.Local.Home;

namespace RetailLake.Tests.Cli;

public sealed class OwnedHomeTests : IDisposable
{
    private readonly CommandRun lake = new();

    public void Dispose() => lake.Dispose();

    [Fact]
    public async Task WhileOneProcessIsUp_OthersRunTheirCommandsInIt()
    {
        using var stop = new CancellationTokenSource();
        var up = lake.RunAsync(stop.Token, "up");
        await UntilOwnedAsync();

        var ledger = await lake.RunAsync("ledger", "--json");
        var second = await lake.RunAsync("up");
        var unknown = await lake.RunAsync("ledger", "--colour");
        await stop.CancelAsync();
        var first = await up;

        ledger.Exit.Should().Be(0, ledger.Error);
        ledger.Json["loads"]!.AsArray().Should().BeEmpty();
        second.Exit.Should().Be(3);
        second.Error.Should().Contain("up already");
        unknown.Exit.Should().Be(2);
        first.Exit.Should().Be(0, first.Error);
        OwnerFile.Read(new(lake.Home)).Should().BeNull("who leaves takes the file along");
    }

    [Fact]
    public async Task OwnerThatDied_IsReplaced()
    {
        new OwnerFile(1, 1, "token").Write(new LakeHome(lake.Home).Create());

        var answer = await lake.RunAsync("executions", "--json");

        answer.Exit.Should().Be(0, answer.Error);
    }

    private async Task UntilOwnedAsync()
    {
        for (var turn = 0; turn < 1000 && OwnerFile.Read(new(lake.Home)) is null; turn++)
        {
            await Task.Delay(20);
        }

        OwnerFile.Read(new(lake.Home)).Should().NotBeNull();
    }
}
